import type { PickedFile } from './picked';

/** https://wicg.github.io/web-app-launch/#launchqueue-interface, which TypeScript does not know. */
interface LaunchQueue {
  setConsumer(consumer: (launch: { readonly files: readonly FileSystemFileHandle[] }) => void): void;
}

/** Hears of files that the system opens with the installed app, where browsers can do so. */
export function onLaunchedFiles(heard: (files: Promise<readonly PickedFile[]>) => void): void {
  const { launchQueue } = globalThis as { launchQueue?: LaunchQueue };
  launchQueue?.setConsumer(({ files }) => {
    if (files.length > 0) heard(Promise.all(files.map(read)));
  });
}

async function read(handle: FileSystemFileHandle): Promise<PickedFile> {
  return { path: handle.name, file: await handle.getFile() };
}
