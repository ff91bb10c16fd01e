import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startStack, Stack } from '@snowflow/testing/stack';
import type { Browser } from 'playwright-core';
import { openBrowser, openPage } from '../support/browser';
import { signInFrom } from '../support/page-session';
import { screenFaults } from '../support/screen-faults';

const pictures = join(__dirname, '..', '..', 'dist', 'pictures');

describe('Semantic models in a browser', () => {
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
  }, 60_000);

  it('a model of a table is made, saved, asked and saved again with a verified query; in both themes without a fault', async () => {
    const { page, complaints } = await openPage(browser);
    await signInFrom(page, stack.gatewayUrl, 'demo', { database: 'DEMO', schema: 'PUBLIC' });
    await page.goto(`${stack.gatewayUrl}/workflows`);
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Semantic models' }).click();
    await page.getByRole('link', { name: 'SALES_MODEL' }).waitFor();
    const faults: string[] = [];
    const inspect = async (screen: string) =>
      faults.push(...(await screenFaults(page, screen, (look) => join(pictures, `${screen}-${look}.png`))));
    await inspect('semantic-models');

    await page.getByRole('link', { name: 'New model' }).click();
    for (const name of ['SNOWFLAKE_SAMPLE_DATA', 'TPCH_SF1', 'ORDERS']) {
      await page.getByRole('treeitem', { name }).getByText(name, { exact: true }).first().click();
    }
    await page.getByText('No errors.').waitFor();
    await page.getByText('ORDERS', { exact: true }).click();
    await page.getByText('O_ORDERSTATUS', { exact: true }).first().click();
    await inspect('semantic-form');
    await page.getByRole('tab', { name: 'Text' }).click();
    await page.getByRole('textbox', { name: 'YAML' }).waitFor();
    await inspect('semantic-text');

    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await page.waitForURL(/\/semantic-models\/DEMO\/PUBLIC\/ORDERS_MODEL/);
    await page.getByRole('heading', { name: 'ORDERS_MODEL' }).waitFor();
    await page.getByRole('textbox', { name: 'Question' }).fill('number of orders by o_orderstatus');
    await page.getByRole('button', { name: 'Ask' }).click();
    await page.getByRole('button', { name: 'Add as verified query' }).click();
    await page.getByText('Verified queries 1').waitFor();
    await page.getByRole('button', { name: 'Save', disabled: false }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved', { exact: true }).waitFor();
    await page.getByRole('textbox', { name: 'Question' }).fill('What is our profit?');
    await page.getByRole('button', { name: 'Ask' }).click();
    await page.getByText(/^Not understood/).waitFor();
    await inspect('semantic-asked');
    expect(faults).toEqual([]);
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 180_000);
});
