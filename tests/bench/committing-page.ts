import { emptyLog } from '#core/log/chain';
import { found } from '#core/log/founding';
import { itemId } from '#core/model/item';
import { createRawIdentity, createRecovery, randomBytes, signerOf } from '#io/keys';
import { compactLog } from '#io/storage/compaction';
import { ProjectStore } from '#io/storage/project-store';
import { LogWriter } from '#workers/project/log-writer';
import { CLASSES, SCHEMA } from '../support/schema';

/** Commits so many annotations one by one, as a person's labels are, and then does what a session does when nobody waits. */
async function commit(annotations: number): Promise<void> {
  const signer = signerOf(createRawIdentity());
  const founding = {
    ...{ name: 'Birds', founder: 'Ada', schema: SCHEMA, settings: {}, recovery: createRecovery().publicKey },
    ...{ nonce: randomBytes(16), time: Date.now() },
  };
  const { project, bytes, head } = await found(founding, signer);
  const store = new ProjectStore(project);
  await store.beginEpoch();
  await store.append([{ before: emptyLog(project, signer.author), after: head, commits: [bytes] }]);
  const writer = new LogWriter(store, signer, head, { applied: () => undefined, pending: () => undefined });
  for (let n = 0; n < annotations; n++) {
    const item = itemId({ kind: 'text', text: `This is the text with the number ${n + 1}.` });
    const values = { label: [CLASSES[n % CLASSES.length]!] };
    const appended = await writer.append(
      () => [{ type: 'annotation.submitted', item, values, schema: 1, leadMs: 1_000 + (n % 977), from: 'person' }],
      { settledDrafts: [item] },
    );
    if (!appended.ok) throw new Error(appended.error.message);
  }
  await compactLog(store, signer.author, 0);
  store.close();
}

Object.assign(window, { commit });
