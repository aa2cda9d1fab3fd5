/** How long a browser may take to begin reading what it was told to save. */
const KEPT_MS = 60_000;

/** Saves a file where the browser saves downloads. */
export function download(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => {
    URL.revokeObjectURL(url);
  }, KEPT_MS);
}
