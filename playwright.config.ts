import { defineConfig, devices } from '@playwright/test';
import { CHROMIUM_FLAGS, findChromium } from './tools/chromium.js';

const chromium = findChromium();

export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '**/*.test.ts',
  fullyParallel: true,
  workers: 2,
  forbidOnly: process.env.CI !== undefined,
  reporter: [['list'], ['json', { outputFile: '.cache/playwright.json' }]],
  webServer: {
    command: 'node bin/serve.js --port 0',
    // Any free port will do; Playwright hands the captured address on as CONCORD_URL.
    wait: { stdout: /Concord is at (?<concord_url>\S+)/ },
    stdout: 'ignore',
  },
  use: {
    ...(process.env.CONCORD_URL === undefined ? {} : { baseURL: process.env.CONCORD_URL }),
    screenshot: 'only-on-failure',
    launchOptions: {
      args: CHROMIUM_FLAGS,
      ...(chromium === null ? {} : { executablePath: chromium }),
    },
  },
  projects: [
    { name: 'desktop', use: { viewport: { width: 1280, height: 800 } }, grepInvert: /@phone/ },
    // Tests whose title carries @phone: a small screen, touched by a finger.
    { name: 'phone', use: { ...devices['Pixel 7'] }, grep: /@phone/ },
  ],
});
