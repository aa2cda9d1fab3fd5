/**
 * Calls back once what was just changed has been painted and is on the screen, and a frame more has begun; soon, where no
 * frame comes because the page is hidden.
 */
export function afterPaint(work: () => void): void {
  let done = false;
  const once = () => {
    if (!done) work();
    done = true;
  };
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(once)));
  setTimeout(once, 250);
}
