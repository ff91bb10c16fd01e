import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { ApiClient } from './support/api-client';
import { openBrowser, openPage } from './support/browser';
import { BuilderPage } from './support/builder-page';
import { directSql } from './support/direct-sql';
import { DocumentBuilder } from './support/document-builder';
import { type GivenStack, givenStack } from './support/given-stack';
import { signInFrom } from './support/page-session';
import { screenFaults } from './support/screen-faults';
import { slowSelect } from './support/slow-statement';

const pictures = join(__dirname, '..', 'dist', 'pictures');

const DIRECT = `SELECT O_ORDERPRIORITY, COUNT(*), SUM(O_TOTALPRICE)
  FROM SNOWFLAKE_SAMPLE_DATA.TPCH_SF1.ORDERS JOIN SNOWFLAKE_SAMPLE_DATA.TPCH_SF1.CUSTOMER ON O_CUSTKEY = C_CUSTKEY
  WHERE C_MKTSEGMENT = 'BUILDING' GROUP BY O_ORDERPRIORITY`;

describe('The builder in a browser', () => {
  let stack: GivenStack;
  let browser: Browser;

  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    stack = await givenStack();
    browser = await openBrowser();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
  });

  const signIn = async (page: Page) => {
    await page.goto(stack.gatewayUrl);
    await page.getByRole('button', { name: /demo/i }).click();
    await page
      .getByRole('button', { name: /New workflow/ })
      .first()
      .waitFor();
  };

  it('takes a newcomer from the demo login to the right numbers', async () => {
    const { page, complaints } = await openPage(browser);
    await signIn(page);
    await page
      .getByRole('button', { name: /New workflow/ })
      .first()
      .click();
    const builder = new BuilderPage(page);
    await page.getByRole('treeitem', { name: 'SNOWFLAKE_SAMPLE_DATA' }).click();
    await page.getByRole('treeitem', { name: 'TPCH_SF1' }).click();
    await builder.dragTable('ORDERS', 110, 120);
    await builder.dragTable('CUSTOMER', 110, 290);
    await builder.dragNode('Join', 390, 200);
    await builder.connect('ORDERS', 'Join', 'left');
    await builder.connect('CUSTOMER', 'Join', 'right');
    await builder.inspector.getByRole('button', { name: 'Add key' }).click();
    await builder.inspector.getByRole('combobox', { name: 'Left column' }).selectOption('O_CUSTKEY');
    await builder.inspector.getByRole('combobox', { name: 'Right column' }).selectOption('C_CUSTKEY');

    await builder.dragNode('Filter', 680, 120);
    await builder.connect('Join', 'Filter');
    await builder.inspector.getByRole('button', { name: 'Add condition' }).click();
    await builder.inspector.getByRole('combobox', { name: 'Column' }).selectOption('C_MKTSEGMENT');
    await builder.inspector.getByLabel('Value').fill('BUILDING');

    await builder.dragNode('Aggregate', 390, 380);
    await builder.connect('Filter', 'Aggregate');
    await builder.inspector.getByRole('button', { name: 'Add column' }).click();
    await page.getByRole('menuitem', { name: /^O_ORDERPRIORITY/ }).click();
    await page.keyboard.press('Escape');
    const measures = builder.inspector.getByRole('group', { name: 'Measures' });
    await measures.getByRole('button', { name: 'Add measure' }).click();
    await measures.getByRole('combobox', { name: 'Measure' }).selectOption({ label: 'Count' });
    await measures.getByLabel('Name').fill('ORDERS');
    await measures.getByRole('button', { name: 'Add measure' }).click();
    await measures
      .getByRole('combobox', { name: /^Column/ })
      .nth(1)
      .selectOption('O_TOTALPRICE');
    await measures.getByLabel('Name').nth(1).fill('REVENUE');

    await builder.dragNode('Result', 680, 380);
    await builder.connect('Aggregate', 'Result');
    await page.getByRole('textbox', { name: 'Workflow name' }).fill('Building segment by priority');
    await page.getByRole('button', { name: /^Tidy layout/ }).click();
    await builder.saved();
    await page.getByRole('button', { name: 'Run', exact: true }).click();

    const rows = await directSql(stack.warehouseUrl, DIRECT);
    await builder.node('Result').getByText(`${rows.length} rows`).waitFor();
    for (const label of ['ORDERS', 'CUSTOMER', 'Join', 'Filter', 'Aggregate']) {
      await builder.node(label).getByText('in statement 1').waitFor();
    }
    await builder.results.getByRole('gridcell').first().waitFor();
    const shown = await builder.results.getByRole('grid').getByRole('row').allInnerTexts();
    for (const [priority, orders, revenue] of rows) {
      const line = shown.find((text) => text.includes(priority ?? ''));
      const numbers = line?.replaceAll(',', '');
      expect(numbers).toContain(orders);
      expect(numbers).toContain(revenue);
    }
    await builder.results.getByRole('tab', { name: 'SQL' }).click();
    await builder.results.getByText('WITH').first().waitFor();
    await builder.results.getByRole('tab', { name: 'Data' }).click();
    await page.getByRole('button', { name: /^Fit all/ }).click();
    await page.screenshot({ path: join(pictures, 'builder.png') });
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 120_000);

  it('shows a run that goes on after a reload, and its end', async () => {
    const api = new ApiClient(stack.gatewayUrl);
    await api.connect('demo');
    const definition = new DocumentBuilder('Slow')
      .node('slow', 'source.sql', { sql: slowSelect(5) })
      .node('result', 'output.result', { name: 'Slow', view: 'table' }, 'slow')
      .build();
    const saved = await api.call<{ id: string }>('POST', '/workflows/save', { body: { definition } });

    const { page, complaints } = await openPage(browser);
    await signInFrom(page, stack.gatewayUrl);
    await page.goto(`${stack.gatewayUrl}/workflows/${saved.body.id}`);
    const builder = new BuilderPage(page);
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    const running = builder.canvas.getByRole('group', { name: /^slow,.*running/ });
    await running.waitFor();
    await page.reload();
    await running.waitFor();
    await builder.node('result').getByText('1 row').waitFor({ timeout: 30_000 });
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 90_000);

  it('keeps an edit although the tab is killed two seconds later', async () => {
    const { page } = await openPage(browser);
    await signInFrom(page, stack.gatewayUrl);
    await page.goto(`${stack.gatewayUrl}/workflows`);
    await page
      .getByRole('button', { name: /New workflow/ })
      .first()
      .click();
    const name = page.getByRole('textbox', { name: 'Workflow name' });
    const saved = page.waitForResponse(/\/workflows\/save$/);
    await name.fill('Renamed before the crash');
    await name.press('Enter');
    await saved;
    const address = page.url();
    await page.close();
    const again = await browser.contexts().at(-1)?.newPage();
    await again?.goto(address);
    await again?.getByRole('textbox', { name: 'Workflow name' }).waitFor();
    expect(await again?.getByRole('textbox', { name: 'Workflow name' }).inputValue()).toBe('Renamed before the crash');
    await again?.context().close();
  }, 60_000);

  it('has no accessibility violation on any screen, in both themes, at 1440 and 390', async () => {
    const { page } = await openPage(browser);
    const found: string[] = [];
    const inspect = async (screen: string) =>
      found.push(...(await screenFaults(page, screen, (look) => join(pictures, `${screen}-${look}.png`))));
    await page.goto(stack.gatewayUrl);
    await page.getByRole('button', { name: /demo/i }).waitFor();
    await inspect('login');
    await signIn(page);
    await inspect('workflows');
    await page
      .getByRole('button', { name: /New workflow/ })
      .first()
      .click();
    await page.getByRole('region', { name: 'Canvas' }).waitFor();
    await inspect('builder');
    expect(found).toEqual([]);
    await page.context().close();
  }, 90_000);
});
