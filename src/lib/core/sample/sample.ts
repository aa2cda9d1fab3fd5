import { strToU8 } from 'fflate';
import type { Dataset, DatasetItem, FileEntry } from '../formats/format';
import type { Values } from '../model/annotation';
import { hashOf } from '../model/hash';
import { itemId, type Source } from '../model/item';
import { Random } from '../random';
import { post, type Message } from './messages/post';
import { album } from './pictures/album';
import type { Picture } from './pictures/picture';
import { proposeBoxes, proposeSpans, truthOfMessage, truthOfPicture, type Flaws, type Proposal } from './proposals';
import { SAMPLE_SCHEMA } from './schema';

export const SAMPLE_NAME = 'Sample: harbour watch';

/** Who proposes. */
const MODEL = 'harbour-model';

/** Where people learn: of two pictures and two messages the first is proposed as it is, the second with one wrong class. */
const TAUGHT: readonly Flaws[] = ['none', 'one', 'none', 'one'];
/** From here on, every so many items one is labelled already, so that lists, counters and exports have something to show. */
const LABELLED_FROM = 8;
const LABELLED_EVERY = 9;
/** Every so many items one has no proposal. */
const BARE_EVERY = 7;

/** An item as it was made, before anything is said of it. */
interface Made {
  readonly content: DatasetItem['content'];
  readonly source: Source;
  readonly truth: Values;
  readonly propose: (flaws: Flaws, random: Random) => Proposal;
}

/**
 * The sample project: what two cameras and the letter box of a small harbour take in, drawn and written by this code,
 * the same on every machine. Every picture and message is known in full, and the proposals are made from that by
 * getting things wrong, so there is always something to correct.
 *
 * @example for await (const item of sample().items()) …
 */
export function sample(): Dataset & { readonly size: number } {
  const pictures = album().map(madeOfPicture);
  const messages = post().map(madeOfMessage);
  const items = inTurn(pictures, messages);
  return {
    name: SAMPLE_NAME,
    schema: SAMPLE_SCHEMA,
    size: items.length,
    async *items() {
      const random = new Random(1815);
      for (const [at, made] of items.entries()) yield await Promise.resolve(datasetItem(made, at, random));
    },
  };
}

function datasetItem({ content, source, truth, propose }: Made, at: number, random: Random): DatasetItem {
  const id = itemId(content.kind === 'image' ? { kind: 'image', blob: content.blob } : content);
  const flaws = TAUGHT[at] ?? 'some';
  const proposal = propose(flaws, random);
  const isLabelled = at >= LABELLED_FROM && (at - LABELLED_FROM) % LABELLED_EVERY === 0;
  const isBare = flaws === 'some' && at % BARE_EVERY === BARE_EVERY - 1;
  return {
    ...{ id, content, sources: [source], annotations: [], split: null },
    status: isLabelled ? 'completed' : isBare ? 'pending' : 'pre-annotated',
    label: isLabelled ? truth : null,
    predictions: isBare ? [] : [{ model: MODEL, ...proposal }],
  };
}

/** Two pictures first, then a picture, two messages, and so on until both are used up. */
function inTurn(pictures: readonly Made[], messages: readonly Made[]): Made[] {
  const [first, second, ...others] = pictures;
  const items = [first!, second!];
  const letters = [...messages];
  const perPicture = Math.ceil(letters.length / others.length);
  for (const picture of others) items.push(...letters.splice(0, perPicture), picture);
  return [...items, ...letters];
}

function madeOfPicture(picture: Picture): Made {
  const { name, camera, light, svg, width, height } = picture;
  const bytes = strToU8(svg);
  return {
    content: {
      kind: 'image',
      blob: hashOf(bytes),
      file: inMemory(bytes),
      facts: { width, height, type: 'image/svg+xml', size: bytes.length },
    },
    source: { file: `camera/${name}`, meta: { camera, light } },
    truth: truthOfPicture(picture),
    propose: (flaws, random) => proposeBoxes(picture, flaws, random),
  };
}

function madeOfMessage(message: Message, at: number): Made {
  const { text, context, channel } = message;
  return {
    content: { kind: 'text', text, ...(context && { context }) },
    source: { file: 'messages', row: at + 1, meta: { channel } },
    truth: truthOfMessage(message),
    propose: (flaws, random) => proposeSpans(message, flaws, random),
  };
}

const inMemory = (bytes: Uint8Array): FileEntry => ({
  size: bytes.length,
  bytes: () => Promise.resolve(bytes),
  async *chunks() {
    yield await Promise.resolve(bytes);
  },
});
