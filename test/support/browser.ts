import { existsSync } from 'node:fs';
import { Browser, chromium, Page } from 'playwright-core';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The system's Chromium. */
export function openBrowser(more: readonly string[] = []): Promise<Browser> {
  const executablePath = PLACES.find((path) => existsSync(path));
  if (!executablePath) throw new Error('The browser test needs Chromium: apt-get install chromium');
  return chromium.launch({ executablePath, args: [...FLAGS, ...more] });
}

/** A page that remembers what its console complained about. A refused request is the product's own business, not a complaint. */
export async function openPage(
  browser: Browser,
  size = { width: 1440, height: 900 },
): Promise<{ page: Page; complaints: string[] }> {
  const context = await browser.newContext({ viewport: size });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of 40[19]/.test(message.text())) complaints.push(message.text());
  });
  return { page, complaints };
}
