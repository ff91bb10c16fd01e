import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '@snowflow/testing/eventually';
import { startStack, Stack } from '@snowflow/testing/stack';
import type { Browser } from 'playwright-core';
import { openBrowser } from '../support/browser';
import { LargeCanvas } from '../support/large-canvas';

const pictures = join(__dirname, '..', '..', 'dist', 'pictures');

/** How fast it is, `npm run bench -- canvas` measures. */
describe('A canvas of 300 nodes and 400 edges', () => {
  let stack: Stack;
  let browser: Browser;
  let canvas: LargeCanvas;

  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    stack = await startStack();
    browser = await openBrowser();
    canvas = await LargeCanvas.open(browser, stack.gatewayUrl);
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
  }, 60_000);

  it.each([1440, 768])(
    'opens with every node in view, %i px wide',
    async (width) => {
      const { page } = canvas;
      await page.setViewportSize({ width, height: 900 });
      await page.reload();
      await canvas.builder.node('n198').waitFor({ timeout: 60_000 });
      expect(await canvas.outOfView()).toEqual({ drawn: 300, outside: [] });
      await page.screenshot({ path: join(pictures, `large-canvas-${width}.png`) });
      await page.setViewportSize({ width: 1440, height: 900 });
      await page.reload();
      await canvas.builder.node('n21').waitFor({ timeout: 60_000 });
    },
    120_000,
  );

  it('opens the inspector of the node that is pressed, then of another', async () => {
    const { builder, page } = canvas;
    const name = builder.inspector.getByRole('textbox', { name: 'Node name' });
    for (const label of ['n20', 'n40']) {
      const { x, y } = await canvas.middleOf(label);
      await page.mouse.click(x, y);
      await eventually(async () => (await name.inputValue()) === label);
      expect(await builder.inspector.textContent()).toContain('Limit');
    }
  }, 60_000);

  it('lets a node be dragged, which is saved', async () => {
    const { page, builder } = canvas;
    const from = await canvas.middleOf('n21');
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(from.x + 60, from.y + 30, { steps: 10 });
    await page.mouse.up();
    const to = await canvas.middleOf('n21');
    expect([Math.round(to.x - from.x) > 30, Math.round(to.y - from.y) > 10]).toEqual([true, true]);
    await eventually(async () => expect(await positionOf('n21')).not.toEqual({ x: 280, y: 160 }));
    await page.reload();
    await builder.node('n21').waitFor({ timeout: 60_000 });
    expect(await positionOf('n21')).not.toEqual({ x: 280, y: 160 });
  }, 120_000);

  const positionOf = (id: string) =>
    canvas.page.evaluate(
      async ([path, node]) => {
        const workflow = (await (await fetch(path)).json()) as {
          definition: { nodes: { id: string; position: object }[] };
        };
        return workflow.definition.nodes.find((one) => one.id === node)?.position;
      },
      [`/api/v1/workflows/${canvas.workflowId}`, id] as const,
    );
});
