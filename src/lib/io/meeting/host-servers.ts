import * as v from 'valibot';

/** What the app's host says of meeting. */
const Offer = v.object({ signaling: v.array(v.string()) });

/**
 * The signaling servers that the app's host offers its visitors, as addresses of WebSockets. `npm start` offers its own; a static
 * host what the build says, often nothing.
 *
 * @param base address of the page; what the host names may be relative to it
 * @returns null where the host cannot be asked now, or does not know the question
 */
export async function hostServers(signal: AbortSignal, base: string): Promise<readonly string[] | null> {
  try {
    const answer = await fetch(new URL('meeting.json', base), { signal, cache: 'no-store' });
    const { signaling } = v.parse(Offer, await answer.json());
    return signaling.map((address) => new URL(address, base).href.replace(/^http(?=s?:)/, 'ws'));
  } catch {
    return null;
  }
}
