import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startStack, Stack } from '@snowflow/testing/stack';
import type { Browser, Page } from 'playwright-core';
import { openBrowser, openPage } from '../support/browser';
import { BuilderPage } from '../support/builder-page';
import { DocumentBuilder } from '../support/document-builder';
import { postFrom, signInFrom } from '../support/page-session';
import { screenFaults } from '../support/screen-faults';

const pictures = join(__dirname, '..', '..', 'dist', 'pictures');

const costly = (table: string) =>
  new DocumentBuilder('Costly')
    .tpch('orders', 'ORDERS')
    .node('copy', 'output.table', { database: 'DEMO', schema: 'PUBLIC', table, mode: 'create' }, 'orders')
    .node('shown', 'output.result', { name: 'Orders', view: 'table' }, 'orders')
    .build();

describe('The cost of a run in a browser', () => {
  let stack: Stack;
  let browser: Browser;

  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    stack = await startStack();
    browser = await openBrowser();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
  });

  /** Signs in from the page itself, saves the document and opens it in the builder. */
  const openBuilder = async (definition: object) => {
    const opened = await openPage(browser);
    const { page } = opened;
    await signInFrom(page, stack.gatewayUrl);
    const { id } = await postFrom(page, '/workflows/save', { definition });
    await page.goto(`${stack.gatewayUrl}/workflows/${id}`);
    await new BuilderPage(page).node('orders').waitFor();
    return opened;
  };
  const choose = async (page: Page, item: string) => {
    await page.getByRole('button', { name: 'Ways to run' }).click();
    await page.getByRole('menuitem', { name: item }).click();
    return page.getByRole('dialog');
  };

  it('is seen before it, bounded by a budget, and the run stops there', async () => {
    const { page, complaints } = await openBuilder(costly('SEEN'));
    const cost = await choose(page, 'Preview cost');
    const statements = cost.getByRole('list', { name: 'Statements' }).getByRole('listitem');
    await statements.first().waitFor();
    expect(await statements.count()).toBe(2);
    const copy = statements.filter({ hasText: 'copy' });
    expect(await copy.innerText()).toMatch(
      /MB at most[\s\S]*1 of 1 partition[\s\S]*Makes the table DEMO\.PUBLIC\.SEEN/,
    );

    await cost.getByRole('button', { name: 'Edit budget' }).click();
    const budget = page.getByRole('dialog', { name: 'Budget of a run' });
    await budget.getByLabel('A run sends at most').fill('none');
    await budget.getByRole('button', { name: 'Save budget' }).click();
    await budget.getByText(/A whole number from 1 to 100,000/).waitFor();
    await budget.getByLabel('A run sends at most').fill('1');
    await budget.getByRole('button', { name: 'Save budget' }).click();
    await page.getByText('Budget saved').waitFor();

    const again = await choose(page, 'Preview cost');
    await again.getByText('It may send 2 statements, and its budget is 1.').waitFor();
    await again.getByRole('button', { name: 'Run workflow' }).click();
    await page.getByTestId('run-pill').getByText('Failed').waitFor();
    await page.reload();
    const reopened = await choose(page, 'Edit budget');
    await reopened.getByLabel('A run sends at most').waitFor();
    expect(await reopened.getByLabel('A run sends at most').inputValue()).toBe('1');
    await page.keyboard.press('Escape');
    await reopened.waitFor({ state: 'detached' });
    // The page asks the catalog for the table that is yet to be made.
    expect(complaints.filter((text) => !/status of 404/.test(text))).toEqual([]);
    await page.context().close();
  }, 60_000);

  it('of a draft with problems leads to them', async () => {
    const broken = new DocumentBuilder('Broken')
      .tpch('orders', 'NOWHERE')
      .node('shown', 'output.result', { name: 'r', view: 'table' }, 'orders')
      .build();
    const { page } = await openBuilder(broken);
    const cost = await choose(page, 'Preview cost');
    await cost.getByText('The workflow has problems.').waitFor();
    await cost.getByRole('button', { name: 'Show problems' }).click();
    await new BuilderPage(page).results.getByText('SOURCE_NOT_FOUND').first().waitFor();
    await page.context().close();
  }, 60_000);

  it('has no accessibility violation, in both themes, at 1440 and 390', async () => {
    const { page } = await openBuilder(costly('AXE'));
    const faults: string[] = [];
    const inspect = async (screen: string) =>
      faults.push(...(await screenFaults(page, screen, (look) => join(pictures, `${screen}-${look}.png`))));
    const cost = await choose(page, 'Preview cost');
    await cost.getByRole('listitem').first().waitFor();
    await inspect('cost');
    await cost.getByRole('button', { name: 'Edit budget' }).click();
    await page.getByLabel('A run reads at most').fill('wrong');
    await page.getByRole('button', { name: 'Save budget' }).click();
    await page.getByText(/A number above 0/).waitFor();
    await inspect('budget');
    expect(faults).toEqual([]);
    await page.context().close();
  }, 90_000);
});
