import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { definitions } from '@snowflow/nodes/definitions';
import { startStack, Stack } from '@snowflow/testing/stack';
import type { Browser, Page } from 'playwright-core';
import { ApiClient } from '../support/api-client';
import { openBrowser, openPage } from '../support/browser';
import { BuilderPage } from '../support/builder-page';
import { DocumentBuilder } from '../support/document-builder';
import { signInFrom } from '../support/page-session';
import { axeFaults, faultsInBothThemes, screenFaults } from '../support/screen-faults';

const pictures = join(__dirname, '..', '..', 'dist', 'pictures');
const types = [...definitions.values()];

/** Between them they have every widget of the forms. */
const WITH_ALL_WIDGETS = new Set([
  'source.values',
  'shape.filter',
  'shape.sql',
  'logic.approval',
  'logic.workflow',
  'output.notification',
]);

/** One node of every type, set as its first example says, each with the rows it needs. */
function oneOfEach(): object {
  const builder = new DocumentBuilder('One of each').tpch('orders', 'ORDERS');
  for (const { type, inputs, examples } of types) {
    const from = Object.fromEntries(inputs.map(({ id }) => [id, 'orders']));
    builder.node(type.replace('.', '-'), type, { ...Object(examples[0]?.config) }, from);
  }
  return builder.build();
}

describe('Node types in a browser', () => {
  let stack: Stack;
  let browser: Browser;
  let workflow: string;

  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    stack = await startStack({ env: { THROTTLE_CONNECTS_PER_MINUTE: '1000' } });
    const api = new ApiClient(stack.gatewayUrl);
    await api.connect('demo');
    const saved = await api.call<{ id: string }>('POST', '/workflows/save', { body: { definition: oneOfEach() } });
    workflow = saved.body.id;
    browser = await openBrowser();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
  });

  const open = async (path: string) => {
    const opened = await openPage(browser);
    await signInFrom(opened.page, stack.gatewayUrl);
    await opened.page.goto(`${stack.gatewayUrl}${path}`);
    return opened;
  };
  const axe = (page: Page, screen: string) =>
    screenFaults(page, screen, (look) => join(pictures, `${screen}-${look}.png`));

  it('stand in a gallery, each with its help', async () => {
    const { page, complaints } = await open('/nodes');
    for (const { title, description, type } of types) {
      await page.getByRole('button', { name: `${title} ${description}`, exact: true }).click();
      const dialog = page.getByRole('dialog', { name: title, exact: true });
      await dialog.getByText(type).waitFor();
      await dialog.getByRole('paragraph').nth(2).waitFor();
      await dialog.getByRole('button', { name: 'Close' }).click();
    }
    await page.getByRole('searchbox', { name: 'Search node types' }).fill('no such');
    await page.getByText('No node type matches.').waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 60_000);

  it('have a form and a help without accessibility violations, in both themes', async () => {
    const { page, complaints } = await open('/nodes');
    await page.getByRole('heading', { level: 1, name: 'Node types' }).waitFor();
    const faults = await axe(page, 'node-types');
    await page.goto(`${stack.gatewayUrl}/nodes?type=shape.window`);
    await page.getByRole('dialog').getByRole('paragraph').nth(2).waitFor();
    faults.push(...(await axe(page, 'node-type')));

    await page.goto(`${stack.gatewayUrl}/workflows/${workflow}`);
    const builder = new BuilderPage(page);
    await builder.canvas.waitFor();
    for (const { type } of types) {
      const id = type.replace('.', '-');
      await builder.canvas.locator(`[data-node-id="${id}"]`).focus();
      await page.keyboard.press('Enter');
      await builder.inspector.getByRole('textbox', { name: 'Node name' }).waitFor();
      expect(await builder.inspector.getByRole('textbox', { name: 'Node name' }).inputValue()).toBe(id);
      expect(await builder.inspector.innerText()).not.toMatch(/[{[]"|\[object/);
      if (!WITH_ALL_WIDGETS.has(type)) continue;
      const inForm = await faultsInBothThemes(page, () => axeFaults(page, '.inspector'));
      faults.push(...inForm.map((fault) => `${type} ${fault}`));
    }
    expect(faults).toEqual([]);
    expect(complaints.filter((text) => !/status of 4/.test(text))).toEqual([]);
    await page.context().close();
  }, 120_000);
});
