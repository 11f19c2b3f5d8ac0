// Chromium, fenced in: nothing but this machine can be reached, and whatever
// tries is written down.
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

// The headless shell is the same engine without a window's furniture, and takes two thirds of the time.
const candidates = [
  process.env.CHROMIUM, '/usr/bin/chromium-headless-shell', '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

export function chromiumPath() { return candidates.find((file) => file && existsSync(file)); }

export async function launch() {
  const executablePath = chromiumPath();
  if (!executablePath) throw new Error('no Chromium here: run tools/install.sh, or name one in CHROMIUM');
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
    ],
  });
}

const loopback = /^(https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?\/|data:|blob:|about:)/;

// A refusal is a page with a 4xx status, which Chromium writes to its console.
const expected = /the server responded with a status of 4(03|04|09|10|22|29)\b/;

/**
 * Opens a browser of its own: no cookies, one language, one size. What goes
 * wrong on its pages is pushed to problems.
 */
export async function openContext(browser, options, problems) {
  const { script = true, width = 1280, height = 900, scale = 1, dark = false, forced = false, locale = 'en-GB' } = options;
  const context = await browser.newContext({
    viewport: { width, height }, deviceScaleFactor: scale, locale, timezoneId: 'Europe/Amsterdam',
    colorScheme: dark ? 'dark' : 'light', reducedMotion: 'reduce',
    forcedColors: forced ? 'active' : 'none', javaScriptEnabled: script,
  });
  context.setDefaultTimeout(15_000);
  // Listening, not intercepting: that would switch the browser's cache off.
  context.on('request', (request) => {
    if (!loopback.test(request.url())) problems.push(`asked for ${request.url()}`);
  });
  context.on('page', (page) => watch(page, problems));
  return context;
}

function watch(page, problems) {
  page.on('pageerror', (error) => problems.push(`script error on ${page.url()}: ${error.message}`));
  page.on('console', (message) => {
    if (!['error', 'warning'].includes(message.type()) || expected.test(message.text())) return;
    problems.push(`console ${message.type()} on ${page.url()}: ${message.text()}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 500) problems.push(`${response.status()} from ${response.url()}`);
  });
  page.on('requestfailed', (request) => {
    const why = request.failure()?.errorText ?? '';
    if (!/ERR_ABORTED|BLOCKED_BY_CLIENT/.test(why)) problems.push(`${why} at ${request.url()}`);
  });
}
