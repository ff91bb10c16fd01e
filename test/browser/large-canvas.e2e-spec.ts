import { startStack, Stack } from '@snowflow/testing/stack';
import type { Browser, Page } from 'playwright-core';
import { openBrowser, openPage } from '../support/browser';
import { BuilderPage } from '../support/builder-page';
import { DocumentBuilder } from '../support/document-builder';

const FRAMES_A_SECOND = 45;
const INSPECTOR_MS = 150;
/** Other work on the same machine slows single tries down: the best of so many counts. */
const TRIES = 6;

/** A source, 199 limits in a row and 100 joins of two of them. */
function largeDocument(): object {
  const builder = new DocumentBuilder('Large').tpch('n0', 'REGION');
  for (let at = 1; at < 200; at += 1) builder.node(`n${at}`, 'shape.limit', { rows: 1 }, `n${at - 1}`);
  for (let at = 0; at < 100; at += 1) {
    builder.node(`j${at}`, 'shape.join', { how: 'cross', on: [] }, { left: `n${at}`, right: `n${at + 100}` });
  }
  const document = builder.build();
  const nodes = document.nodes.map((node, at) => ({
    ...node,
    position: { x: (at % 20) * 280, y: Math.floor(at / 20) * 160 },
  }));
  return { ...document, nodes };
}

/** Runs in the page: frames per second, over one second. */
const COUNT_FRAMES = `new Promise((resolve) => {
  const from = performance.now();
  let frames = 0;
  const next = () => {
    frames += 1;
    const ms = performance.now() - from;
    if (ms < 1000) requestAnimationFrame(next);
    else resolve((frames * 1000) / ms);
  };
  requestAnimationFrame(next);
})`;

/** Runs in the page: how many milliseconds after the next press the inspector shows the node. */
const openedAfter = (label: string) => `new Promise((resolve) => {
  let from = 0;
  addEventListener('pointerdown', () => (from = performance.now()), { once: true, capture: true });
  const look = () => {
    const inspector = document.querySelector('[aria-label="Inspector"]');
    if (from > 0 && inspector?.textContent.startsWith(${JSON.stringify(label)})) resolve(performance.now() - from);
    else requestAnimationFrame(look);
  };
  look();
})`;

describe('A canvas of 300 nodes and 400 edges', () => {
  let stack: Stack;
  let browser: Browser;
  let page: Page;
  let builder: BuilderPage;

  beforeAll(async () => {
    stack = await startStack();
    browser = await openBrowser();
    ({ page } = await openPage(browser));
    await page.goto(`${stack.gatewayUrl}/login`);
    const post = (path: string, body: object) =>
      page.evaluate(
        async ([to, text]) => {
          const headers = { 'content-type': 'application/json' };
          return (await fetch(to, { method: 'POST', headers, body: text })).json() as Promise<{ id: string }>;
        },
        [`/api/v1${path}`, JSON.stringify(body)] as const,
      );
    await post('/auth/connect', { account: 'demo', authenticator: 'password', username: 'demo', password: 'demo' });
    const { id } = await post('/workflows/save', { definition: largeDocument() });
    await page.goto(`${stack.gatewayUrl}/workflows/${id}`);
    builder = new BuilderPage(page);
    await builder.node('n21').waitFor({ timeout: 60_000 });
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
  }, 60_000);

  const middleOf = async (label: string) => {
    const box = await builder.node(label).boundingBox();
    if (!box) throw new Error(`The node ${label} is not on the page`);
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  };

  /** Frames per second while a node is dragged to and fro. */
  const dragged = async (label: string): Promise<number> => {
    const { x, y } = await middleOf(label);
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 10, y + 10);
    const counting = page.evaluate<number>(COUNT_FRAMES);
    let done = false;
    const counted = counting.finally(() => (done = true));
    for (let step = 0; !done; step += 1)
      await page.mouse.move(x + 40 * Math.sin(step / 8), y + 40 * Math.cos(step / 8));
    await page.mouse.up();
    return counted;
  };

  it(`is dragged at ${FRAMES_A_SECOND} frames a second`, async () => {
    const rates: number[] = [];
    while (rates.length < TRIES && Math.max(0, ...rates) < FRAMES_A_SECOND) rates.push(await dragged('n21'));
    expect(Math.max(...rates)).toBeGreaterThanOrEqual(FRAMES_A_SECOND);
  }, 60_000);

  it(`opens the inspector of a node within ${INSPECTOR_MS} ms`, async () => {
    const times: number[] = [];
    for (let turn = 0; turn < TRIES && Math.min(Infinity, ...times) >= INSPECTOR_MS; turn += 1) {
      const label = turn % 2 === 0 ? 'n20' : 'n40';
      const { x, y } = await middleOf(label);
      const opened = page.evaluate<number>(openedAfter(label));
      await page.mouse.click(x, y);
      times.push(await opened);
    }
    expect(Math.min(...times)).toBeLessThan(INSPECTOR_MS);
  }, 60_000);
});
