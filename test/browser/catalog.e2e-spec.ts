import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startStack, Stack } from '@snowflow/testing/stack';
import type { Browser } from 'playwright-core';
import { openBrowser, openPage } from '../support/browser';
import { signInFrom } from '../support/page-session';
import { screenFaults } from '../support/screen-faults';

const pictures = join(__dirname, '..', '..', 'dist', 'pictures');

const SOME_NATION =
  /ALGERIA|ARGENTINA|BRAZIL|CANADA|EGYPT|ETHIOPIA|FRANCE|GERMANY|INDIA|INDONESIA|IRAN|IRAQ|JAPAN|JORDAN|KENYA|MOROCCO/;

describe('The catalog in a browser', () => {
  let stack: Stack;
  let browser: Browser;

  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    stack = await startStack({ env: { WAREHOUSE_MADE_UP_TABLES: '2000' } });
    browser = await openBrowser();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
  }, 60_000);

  it('finds a table by its name, shows it, and begins a workflow with it; in both themes without a fault', async () => {
    const { page, complaints } = await openPage(browser);
    await signInFrom(page, stack.gatewayUrl);
    await page.goto(`${stack.gatewayUrl}/workflows`);
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Catalog' }).click();
    await page.getByRole('treeitem', { name: 'SNOWFLAKE_SAMPLE_DATA' }).waitFor();
    const field = page.getByRole('searchbox', { name: 'Search the catalog' });
    await field.fill('tpch_sf1.nat');
    await page.getByRole('button', { name: /^NATION/ }).waitFor();
    await page.getByText(/^Read now/).waitFor();
    await field.focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'NATION' }).waitFor();
    await page.getByRole('button', { name: 'Show values of N_NAME' }).click();
    // Any ten of the 25 nations are shown; one of these sixteen is among them.
    await page.getByText(SOME_NATION).first().waitFor();
    await page.getByRole('button', { name: 'Show rows' }).click();
    await page.getByRole('grid', { name: 'Rows' }).getByText('N_NATIONKEY').waitFor();
    const picture = (look: string) => join(pictures, `catalog-${look}.png`);
    expect(await screenFaults(page, 'catalog', picture)).toEqual([]);
    await page.getByRole('button', { name: 'Use in a workflow' }).click();
    await page.waitForURL(/\/workflows\/wf_/);
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 120_000);
});
