import { chromium } from '@playwright/test';
import { findProgram } from './programs.js';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/opt/google/chrome/chrome',
  '/snap/bin/chromium',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** How tests and benchmarks start it: nothing leaves the machine, and it runs in containers without user namespaces. */
export const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * The Chromium to test with: what CHROMIUM names, else one that is installed, else Playwright's own.
 *
 * @returns {string | null} its path
 * @throws when CHROMIUM names no program
 */
export const findChromium = () => findProgram('CHROMIUM', NAMES, [...PLACES, chromium.executablePath()]);
