/**
 * Node 20 calls what it runs here experimental (Ed25519 in WebCrypto, files as Blobs), though it is what later versions have.
 * Warnings of that kind are of no use to whoever runs the command; all others are shown as Node shows them.
 */
export function quietExperiments(): void {
  const shown = process.listeners('warning');
  process.removeAllListeners('warning');
  process.on('warning', (warning) => {
    if (warning.name === 'ExperimentalWarning') return;
    for (const show of shown) show(warning);
  });
}
