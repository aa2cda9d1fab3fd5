/** How figures are written on the screen. */

const counts = new Intl.NumberFormat('en');

/** `10,003` */
export const inCount = (value: number): string => counts.format(value);

/** `1 item`, `10,003 items` */
export const inItems = (value: number, one = 'item', many = `${one}s`): string =>
  `${inCount(value)} ${value === 1 ? one : many}`;

const UNITS = ['bytes', 'KB', 'MB', 'GB', 'TB'] as const;

/** Bytes, in powers of 1,000: `3.4 MB`. */
export function inBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  const digits = unit > 0 && value < 9.95 ? 1 : 0;
  return `${value.toFixed(digits)} ${UNITS[unit]!}`;
}

const ago = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const date = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', year: 'numeric' });

/** `3 Dec 2026`; milliseconds since the epoch. */
export const inDay = (time: number): string => date.format(time);

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * When something was: `just now`, `5 minutes ago`, `yesterday`, and a date beyond a week; also where it lies ahead, because a
 * clock was set back. Both in milliseconds since the epoch.
 */
export function inTimeAgo(time: number, now: number): string {
  const passed = now - time;
  if (passed < -MINUTE) return date.format(time);
  if (passed < MINUTE) return 'just now';
  if (passed < HOUR) return ago.format(-Math.floor(passed / MINUTE), 'minute');
  if (passed < DAY) return ago.format(-Math.floor(passed / HOUR), 'hour');
  if (passed < 7 * DAY) return ago.format(-Math.floor(passed / DAY), 'day');
  return date.format(time);
}
