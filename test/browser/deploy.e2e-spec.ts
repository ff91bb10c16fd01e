import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startStack, Stack } from '@snowflow/testing/stack';
import type { Browser, Page } from 'playwright-core';
import { openBrowser, openPage } from '../support/browser';
import { directSql } from '../support/direct-sql';
import { DocumentBuilder } from '../support/document-builder';
import { postFrom, signInFrom } from '../support/page-session';
import { screenFaults } from '../support/screen-faults';

const pictures = join(__dirname, '..', '..', 'dist', 'pictures');
const fixture = (name: string) => readFileSync(join(__dirname, '..', 'workflows', name), 'utf8');

describe('Deploying from the builder in a browser', () => {
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

  /** Signs in from the page itself, so that its cookies are the browser's, and opens a saved workflow's dialog. */
  const openDialog = async (definition: object) => {
    const opened = await openPage(browser);
    const { page } = opened;
    await signInFrom(page, stack.gatewayUrl, 'demo', { database: 'DEMO', schema: 'PUBLIC' });
    const { id } = await postFrom(page, '/workflows/save', { definition });
    await page.goto(`${stack.gatewayUrl}/workflows/${id}`);
    await page.getByRole('button', { name: 'Workflow menu' }).click();
    await page.getByRole('menuitem', { name: 'Deploy to Snowflake…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Deploy to Snowflake' });
    await dialog.waitFor();
    return { ...opened, dialog };
  };
  const rightsOf = (page: Page) => page.getByRole('region', { name: 'Whose rights readers get' });

  it('shows the view and whose rights its readers get, makes it once confirmed, and gives the direct SQL’s rows', async () => {
    const { page, complaints, dialog } = await openDialog(JSON.parse(fixture('tpch-q5.json')));
    await dialog.getByLabel('Name', { exact: true }).fill('REVENUE_SEEN');
    await dialog.getByRole('checkbox', { name: /^Secure/ }).check();
    await dialog.getByRole('button', { name: 'Show SQL' }).click();
    await dialog.getByLabel('SQL', { exact: true }).first().getByText('CREATE').waitFor();
    const rights = await rightsOf(page).innerText();
    expect(rights).toContain('reads what SYSADMIN may read');
    expect(rights).toContain('SNOWFLAKE_SAMPLE_DATA.TPCH_SF1.ORDERS');

    const downloaded = page.waitForEvent('download');
    await dialog.getByRole('button', { name: 'Download SQL' }).click();
    const file = await downloaded;
    expect(file.suggestedFilename()).toBe('REVENUE_SEEN.sql');
    const sql = readFileSync(await file.path(), 'utf8');
    expect(sql).toMatch(/^CREATE SECURE VIEW "DEMO"\."PUBLIC"\."REVENUE_SEEN"/);
    expect(sql).not.toContain('DROP');

    await dialog.getByRole('button', { name: 'Create in Snowflake' }).click();
    const confirm = page.getByRole('dialog', { name: 'Create the view REVENUE_SEEN?' });
    await confirm.getByText('reads what SYSADMIN may read').waitFor();
    await confirm.getByRole('button', { name: 'Create in Snowflake' }).click();
    await page.getByRole('dialog', { name: 'It is in Snowflake now' }).waitFor();
    const made = await directSql(stack.warehouseUrl, 'SELECT * FROM DEMO.PUBLIC.REVENUE_SEEN');
    expect(made.toSorted()).toEqual((await directSql(stack.warehouseUrl, fixture('tpch-q5.sql'))).toSorted());
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('region', { name: 'Canvas' }).waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 60_000);

  it('leads from what has no plain form to the node that is it', async () => {
    const { page, complaints, dialog } = await openDialog(
      new DocumentBuilder('Branching')
        .tpch('nations', 'NATION')
        .node('many', 'logic.condition', { expression: 'ROW_COUNT > 10' }, 'nations')
        .node('yes', 'output.result', { name: 'Many', view: 'table' }, 'many.true')
        .build(),
    );
    await dialog.getByRole('button', { name: 'Show SQL' }).click();
    await dialog.getByRole('button', { name: /^Error: many A view has no conditions/ }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByRole('complementary', { name: 'Inspector' }).getByLabel('Condition').waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 60_000);

  it('has no accessibility violation, in both themes, at 1440 and 390', async () => {
    const { page, dialog } = await openDialog(
      new DocumentBuilder('Nightly regions')
        .tpch('regions', 'REGION')
        .parameter('least', 'number', 2)
        .node('few', 'shape.filter', { expression: 'R_REGIONKEY > {{ parameters.least }}' }, 'regions')
        .node('shown', 'output.result', { name: 'Few', view: 'table' }, 'few')
        .build(),
    );
    const faults: string[] = [];
    const inspect = async (screen: string) =>
      faults.push(...(await screenFaults(page, screen, (look) => join(pictures, `deploy-${screen}-${look}.png`))));
    await inspect('form');
    await dialog.getByRole('button', { name: 'Show SQL' }).click();
    await rightsOf(page).waitFor();
    await inspect('shown');
    await dialog.getByRole('button', { name: 'Create in Snowflake' }).click();
    await page.getByRole('dialog', { name: /^Create the view/ }).waitFor();
    await inspect('confirm');
    await page.getByRole('button', { name: 'Create in Snowflake' }).click();
    await page.getByRole('dialog', { name: /^It is/ }).waitFor();
    await inspect('outcome');
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('button', { name: 'Workflow menu' }).click();
    await page.getByRole('menuitem', { name: 'Deploy to Snowflake…' }).click();
    await dialog.getByRole('radio', { name: 'Task' }).click();
    await dialog.getByRole('button', { name: 'Show SQL' }).click();
    await dialog.getByText('A task writes tables, and this workflow writes none').waitFor();
    await inspect('task');
    expect(faults).toEqual([]);
    await page.context().close();
  }, 120_000);
});
