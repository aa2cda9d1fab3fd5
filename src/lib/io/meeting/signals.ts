import * as v from 'valibot';

/** What one end of a connection that is being made tells the other, beneath y-webrtc, which only carries it. */
export type Signal = v.InferOutput<typeof Signal>;

const Id = v.pipe(v.string(), v.maxLength(64));

/** What simple-peer says: descriptions and candidates, and nothing else that it would act on. */
const Said = v.union([
  v.strictObject({ type: v.picklist(['offer', 'answer']), sdp: v.pipe(v.string(), v.minLength(1)) }),
  v.strictObject({
    type: v.literal('candidate'),
    candidate: v.strictObject({
      candidate: v.string(),
      sdpMLineIndex: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffff)),
      sdpMid: v.nullable(v.string()),
    }),
  }),
]);
export type Said = v.InferOutput<typeof Said>;

const Signal = v.union([
  /** The side that never offers asks the other for an offer. */
  v.strictObject({ poke: v.literal(true) }),
  v.strictObject({ attempt: Id, drop: v.literal(true) }),
  v.strictObject({ attempt: Id, said: Said }),
]);

/** What y-webrtc publishes, decrypted. */
const Message = v.variant('type', [
  v.strictObject({ type: v.literal('announce'), from: Id }),
  v.strictObject({ type: v.literal('signal'), from: Id, to: Id, token: v.number(), signal: Signal }),
]);
export type Message = v.InferOutput<typeof Message>;

export const isMessage = (decrypted: unknown): decrypted is Message => v.is(Message, decrypted);
export const isSaid = (said: unknown): said is Said => v.is(Said, said);
