import { describe, expect, test } from 'vitest';
import { continues, emptyLog, forkEvidence, verifyEach, verifyRun } from '#core/log/chain';
import { signCommit } from '#core/log/commit';
import { comment, extend, founding, foundProject, testAuthor, verify } from '../support/authors';

const founder = testAuthor(1);
const annotator = testAuthor(2);

const errorOf = async (judged: Promise<{ ok: true } | { ok: false; error: { code: string; path: string } }>) => {
  const result = await judged;
  return result.ok ? 'ok' : `${result.error.code} ${result.error.path}`;
};

describe('a log', () => {
  test('begins with its project and grows by its own commits', async () => {
    const { project, head, commits } = await foundProject(founder, [[comment('a')], [comment('b')]]);
    const run = await verifyRun(emptyLog(project, founder.author), commits, verify);
    expect(run).toMatchObject({ ok: true, value: { head } });
    const { commits: theirs } = await extend(emptyLog(project, annotator.author), annotator, [[comment('c')]]);
    expect(await errorOf(verifyRun(emptyLog(project, annotator.author), theirs, verify))).toBe('ok');
  });

  test('cannot be replayed into another project, not even from its beginning', async () => {
    const one = await foundProject(founder);
    const other = await foundProject(founder, [[comment('a')]]);
    expect(one.project).toBe(other.project);
    const foreign = await extend(emptyLog(one.project, founder.author), founder, [
      [founding(new Uint8Array(32).fill(1))],
    ]);
    expect(await errorOf(verifyRun(emptyLog(one.project, founder.author), foreign.commits, verify))).toBe(
      `commit.chain ${founder.author}, commit 0`,
    );
    const elsewhere = 'a'.repeat(52);
    const { commits } = await extend(emptyLog(elsewhere, annotator.author), annotator, [[comment('a')]]);
    expect(await errorOf(verifyRun(emptyLog(one.project, annotator.author), commits, verify))).toBe(
      `commit.chain ${annotator.author}, commit 0`,
    );
  });

  test('of another author is not taken for one’s own', async () => {
    const { project, commits } = await foundProject(founder);
    expect(await errorOf(verifyRun(emptyLog(project, annotator.author), commits, verify))).toBe(
      `commit.signature ${annotator.author}, commit 0`,
    );
  });

  test('needs a growing logical clock', async () => {
    const { head } = await foundProject(founder);
    const body = { seq: 1, prev: head.hash, lamport: head.lamport, time: 0, events: [comment('a')] };
    const bytes = await signCommit(body, founder);
    expect(await errorOf(verifyRun(head, [bytes], verify))).toBe(`commit.lamport ${founder.author}, commit 1`);
  });

  test('is named where it breaks, when the commit there is wrong itself', async () => {
    const { head } = await foundProject(founder);
    const { commits } = await extend(head, founder, [[comment('a')], [comment('b')], [comment('c')]]);
    const skipped = [commits[0]!, commits[2]!];
    expect(await errorOf(verifyRun(head, skipped, verify))).toBe(`commit.chain ${founder.author}, commit 2`);
  });
});

test('only a full verification looks at signatures that a later one vouches for', async () => {
  const { head } = await foundProject(founder);
  const { head: middle, commits } = await extend(head, { ...annotator, author: founder.author }, [[comment('forged')]]);
  const { commits: rest } = await extend(middle, founder, [[comment('vouched for')]]);
  const run = [...commits, ...rest];
  expect(await errorOf(verifyRun(head, run, verify))).toBe('ok');
  expect(await errorOf(verifyEach(head, run, verify))).toBe(`commit.signature ${founder.author}, commit 1`);
});

describe('a fork', () => {
  test('is proved by two signed commits after the same one, and by nothing less', async () => {
    const { head } = await foundProject(founder);
    const [one, other] = await Promise.all([
      extend(head, founder, [[comment('yes')], [comment('more')]]),
      extend(head, founder, [[comment('no')], [comment('more')]]),
    ]);
    const forged = await extend(head, { ...annotator, author: founder.author }, [[comment('no')]]);
    const [a, b] = [one.commits[0]!, other.commits[0]!];

    const evidence = await forkEvidence(founder.author, a, b, verify);
    expect(evidence).toMatchObject({ author: founder.author, seq: 1 });
    expect(await forkEvidence(founder.author, b, a, verify)).toEqual(evidence);
    expect(await forkEvidence(founder.author, a, a, verify)).toBeNull();
    expect(await forkEvidence(founder.author, one.commits[1]!, other.commits[1]!, verify)).toBeNull();
    expect(await forkEvidence(founder.author, a, one.commits[1]!, verify)).toBeNull();
    expect(await forkEvidence(founder.author, a, forged.commits[0]!, verify)).toBeNull();
    expect(await forkEvidence(founder.author, a, new Uint8Array(3), verify)).toBeNull();
  });

  test('at the first commit is proved too', async () => {
    const { project } = await foundProject(founder);
    const empty = emptyLog(project, annotator.author);
    const one = await extend(empty, annotator, [[comment('yes')]]);
    const other = await extend(empty, annotator, [[comment('no')]]);
    const evidence = await forkEvidence(annotator.author, one.commits[0]!, other.commits[0]!, verify);
    expect(evidence).toMatchObject({ seq: 0 });
    expect(continues(empty, [evidence!.a]).ok && continues(empty, [evidence!.b]).ok).toBe(true);
  });
});
