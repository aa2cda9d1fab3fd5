import { fault } from '#core/errors';
import type { ProjectId } from '#core/model/ids';
import { err, ok, type Result } from '#core/result';
import { cryptography, decryptionKeyOf } from '#io/encryption-key';
import { ProjectStore } from '#io/storage/project-store';
import { storageFault } from '#io/storage/storage-fault';
import type { OpenedFile, ProjectApi, ProjectNotice, ProjectView } from './api';
import { activity, activityOf } from './activity/activity';
import { exportActivity } from './activity/export';
import { activityForks, exportForks } from './activity/forks';
import { readConfigFile } from './config';
import { openProjectFile } from './files/open';
import { recover } from './files/recover';
import { saveProjectFile } from './files/save';
import { itemsBeginningWith } from './item-finder';
import { ItemQueries } from './item-query';
import { exportFiles, exportPreview } from './export/run';
import { importFiles } from './import/run';
import { inspect } from './import/inspect';
import { history, itemView, walk } from './item-views';
import { Library } from './library';
import { Ownership } from './ownership';
import { foretold, join } from './people/join';
import { Expiry } from './people/expiry';
import { Gold } from './gold/gold';
import { goldCalls } from './gold/calls';
import type { Opened } from './opened';
import { Quality } from './quality/quality';
import { qualityCalls } from './quality/calls';
import { reviewCalls } from './review/calls';
import { Review } from './review/review';
import { snapshotsCalls } from './snapshots/calls';
import { Snapshots } from './snapshots/snapshots';
import { invite, withdrawInvite } from './people/invites';
import { changeMember, nameMyself } from './people/members';
import { people } from './people/people';
import { Peers } from './peers/peers';
import { Session } from './session';
import { createSample } from './sample';
import { addImage, storedImage } from './stored-images';
import { Summary } from './summary';
import { Tasks, type Task } from './tasks';
import { Thumbnails } from './thumbnails';

/**
 * The worker's side of {@link ProjectApi}: finds the open project for each call and turns what storage throws into
 * errors of the catalogue. What a call does stands in the modules beside this one.
 */
export function projectHost(): ProjectApi {
  const library = new Library();
  const listeners: ((notice: ProjectNotice) => void)[] = [];
  const notify = (notice: ProjectNotice) => {
    for (const listener of listeners) listener(notice);
  };
  const tasks = new Tasks(notify);
  let opened: Opened | null = null;

  /** Calls go through even when storage fails: the failure is their result. */
  const settled = async <T>(work: () => Promise<Result<T>>): Promise<Result<T>> => {
    try {
      return await work();
    } catch (error) {
      return err(storageFault(error, ''));
    }
  };
  const withProject = <T>(work: (project: Opened) => Promise<Result<T>>): Promise<Result<T>> =>
    settled(async () => (opened ? work(opened) : err(fault('project.moved', ''))));

  const close = async () => {
    const closing = opened;
    opened = null;
    if (!closing) return;
    closing.expiry.close();
    closing.gold.close();
    await closing.quality.close();
    await closing.peers.close();
    await closing.session.close();
    await closing.summary.write();
    closing.ownership.release();
  };

  const open = async (id: ProjectId, { steal }: { steal: boolean }): Promise<Result<ProjectView>> => {
    await close();
    if (!(await library.has(id))) return err(fault('project.unknown', id));
    const ownership = await Ownership.acquire(id, { steal }, async () => {
      await close();
      notify({ type: 'moved' });
    });
    if (!ownership) return err(fault('project.elsewhere', id));
    const store = new ProjectStore(id);
    if ((await store.heads.count()) === 0) {
      await store.delete();
      ownership.release();
      return err(fault('project.evicted', ''));
    }
    await store.beginEpoch();
    const session = await Session.open(id, store, await library.signer(), notify);
    const summary = new Summary(library, session);
    const thumbnails = new Thumbnails(store);
    const peers = new Peers(session, notify, async () => (await library.summary(id))?.bytes ?? 0);
    const expiry = new Expiry(session, () => peers.view);
    const gold = new Gold(session, {
      key: async () => decryptionKeyOf(await library.encryptionKey()),
      cryptography,
      peers: () => peers.view,
      later: (work, ms) => {
        const timer = setTimeout(work, ms);
        return () => {
          clearTimeout(timer);
        };
      },
    });
    const quality = new Quality(session, notify, () => gold.answers);
    const queries = new ItemQueries(session);
    opened = {
      ...{ session, ownership, queries, summary, thumbnails },
      ...{
        peers,
        expiry,
        gold,
        quality,
        review: new Review(session, queries, quality),
        snapshots: new Snapshots(session),
      },
    };
    summary.schedule();
    const { projection, author, role } = session;
    const invitation = session.isFounded ? null : ((await store.read('invitation')) ?? null);
    return ok({
      id,
      author,
      role: role === 'none' ? 'viewer' : role,
      isRemoved: session.isRemoved,
      paused: session.paused,
      schema: projection.schema,
      settings: invitation ? foretold(projection.settings, invitation) : projection.settings,
      invitation,
      counters: session.counters(),
      lastItem: (await store.read('lastItem')) ?? null,
      inFile: session.inFile.state,
      isFounded: session.isFounded,
      peers: peers.view,
    });
  };

  const takeIn = async (task: Task, file: File, into: ProjectId | null): Promise<Result<OpenedFile>> => {
    const session = opened?.session ?? null;
    const acquire = (id: ProjectId, onLost: () => Promise<void>) => Ownership.acquire(id, { steal: true }, onLost);
    const taken = await openProjectFile({ library, session, acquire }, task, file, into);
    if (opened && opened.session === session) opened.summary.schedule();
    return taken;
  };

  return {
    projects: () => settled(async () => ok(await library.projects())),
    create: (project) => settled(() => library.create(project)),
    remove: (id) =>
      settled(async () => {
        if (opened?.session.id === id) await close();
        const ownership = await Ownership.acquire(id, { steal: true }, () => Promise.resolve());
        await library.remove(id);
        ownership?.release();
        return ok(null);
      }),

    createSample: (id, founder) => settled(() => tasks.run(id, (task) => createSample(library, task, founder))),
    readConfig: (file) => settled(() => readConfigFile(file)),
    openProjectFile: (id, file, into) => settled(() => tasks.run(id, (task) => takeIn(task, file, into))),

    open: (id, options) => settled(() => open(id, options)),
    close,
    listen: (listener) => {
      listeners.push(listener);
      return Promise.resolve();
    },

    item: (id) =>
      withProject(async ({ session, gold }) => {
        await session.idle();
        const item = session.projection.find(id);
        return item < 0 ? err(fault('item.unknown', id)) : ok(await itemView(session, item, gold.dealing));
      }),
    walk: (request) =>
      withProject(async ({ session, peers, gold }) => {
        await session.idle();
        return ok(await walk({ session, dealing: gold.dealing }, request, peers.claims));
      }),
    saveDraft: (item, draft) =>
      withProject(async ({ session: { store }, summary }) => {
        if (draft) {
          summary.leftAt(item);
          await store.drafts.put({ item, draft });
        } else await store.drafts.delete(item);
        return ok(null);
      }),
    submit: (submission) =>
      withProject(({ session, summary, gold }) => {
        summary.leftAt(submission.item);
        return session.submit(gold.dealing.said(submission));
      }),
    skip: (item, leadMs) =>
      withProject(({ session, summary }) => {
        summary.leftAt(item);
        return session.skip(item, leadMs);
      }),
    flag: (item, reason) => withProject(({ session }) => session.flag(item, reason)),
    undo: () => withProject(({ session }) => session.undo()),
    redo: () => withProject(({ session }) => session.redo()),
    history: (item) =>
      withProject(async ({ session, gold }) => ok(await Promise.resolve(history(session, item, gold.dealing)))),

    query: (filter, sort) => withProject(({ queries }) => queries.run(filter, sort)),
    rows: (query, from, count) => withProject(({ queries }) => queries.rows(query, from, count)),
    findItems: (id, typed, count) =>
      withProject(({ session, queries }) =>
        tasks.run(id, async ({ signal }) => {
          await session.idle();
          const found = await itemsBeginningWith(session, typed, count, signal);
          return found.ok ? ok(await queries.rowsOf(found.value)) : found;
        }),
      ),
    thumbnail: (id) =>
      withProject(async ({ session: { projection, reader }, thumbnails }) => {
        const item = projection.find(id);
        if (item < 0) return err(fault('item.unknown', id));
        const { data } = await reader.record(item);
        return ok(data.kind === 'image' ? await thumbnails.get(data.blob) : null);
      }),
    applyLabel: (selection, values) =>
      withProject(async ({ session, queries }) => {
        const items = queries.selected(selection);
        return items.ok ? session.applyValues(items.value, values) : items;
      }),

    changeSchema: (schema) => withProject(({ session }) => session.changeSchema(schema)),
    removedFields: () =>
      withProject(async ({ session }) => {
        await session.idle();
        return ok(session.projection.removedFields);
      }),
    changeSettings: (settings) => withProject(({ session }) => session.changeSettings(settings)),
    addImage: (file) => withProject(({ session }) => addImage(session.store, file)),
    image: (hash) => withProject(({ session }) => storedImage(session.store, hash)),
    recoveryCode: () => withProject(async ({ session }) => ok((await session.store.read('recoveryCode')) ?? null)),
    forgetRecoveryCode: () =>
      withProject(async ({ session }) => {
        await session.store.forget('recoveryCode');
        return ok(null);
      }),

    saveProjectFile: (id, blobs) =>
      withProject(({ session }) => tasks.run(id, (task) => saveProjectFile(session, task, blobs))),
    handedOver: (content) =>
      withProject(async ({ session }) => {
        await session.inFile.handedOver(content);
        return ok(null);
      }),
    recover: (code, name) => withProject(({ session }) => recover(session, code, name)),

    people: () => withProject(({ session }) => people(session)),
    invite: (asked) => withProject(({ session }) => invite(session, asked)),
    withdrawInvite: (id) => withProject(({ session }) => withdrawInvite(session, id)),
    nameMyself: (name) => withProject(({ session }) => nameMyself(session, name)),
    changeMember: (author, change) => withProject(({ session }) => changeMember(session, author, change)),
    join: (invitation, name) =>
      settled(() => {
        const session = async (id: ProjectId): Promise<Result<Session>> => {
          const view = opened?.session.id === id ? null : await open(id, { steal: false });
          if (view !== null && !view.ok) return view;
          return opened ? ok(opened.session) : err(fault('project.moved', ''));
        };
        return join({ library, open: session }, invitation, name);
      }),

    connectPeer: (connection) => {
      opened?.peers.connect(connection);
      return Promise.resolve();
    },
    peerConnected: (id, fingerprints) => {
      opened?.peers.connected(id, fingerprints);
      return Promise.resolve();
    },
    peerGone: (id) => {
      opened?.peers.gone(id);
      return Promise.resolve();
    },
    lookAt: (item, isActive) => {
      opened?.peers.lookAt(item, isActive);
      return Promise.resolve();
    },
    coming: (hash) => withProject(({ peers }) => Promise.resolve(ok(peers.coming(hash)))),
    setBlobBudget: (bytes) => withProject(({ peers }) => peers.setBlobBudget(bytes)),
    blobUse: () => withProject(({ peers }) => peers.blobUse()),

    activity: (request) => withProject(({ session }) => activity(session, request)),
    activityOf: (author, seq) => withProject(({ session }) => activityOf(session, author, seq)),
    activityForks: () => withProject(({ session }) => activityForks(session)),
    exportForks: () => withProject(({ session }) => exportForks(session)),
    exportActivity: (id) => withProject(({ session }) => tasks.run(id, (task) => exportActivity(session, task))),

    ...qualityCalls(withProject),
    ...reviewCalls(withProject),
    ...goldCalls(withProject),
    ...snapshotsCalls(withProject, tasks),

    inspect: (id, files, options) => settled(() => tasks.run(id, (task) => inspect(task, files, options))),
    importFiles: (id, files, plan) =>
      withProject(({ session, summary }) =>
        tasks.run(id, (task) => importFiles(session, task, files, plan, (stored) => summary.imported(stored))),
      ),
    exportPreview: (request) =>
      withProject(async (project) => {
        await project.quality.settled();
        return exportPreview(project, request);
      }),
    exportFiles: (id, request) =>
      withProject((project) =>
        tasks.run(id, async (task) => {
          await project.quality.settled();
          return exportFiles(project, task, request);
        }),
      ),
    cancel: (task) => {
      tasks.cancel(task);
      return Promise.resolve();
    },
  };
}
