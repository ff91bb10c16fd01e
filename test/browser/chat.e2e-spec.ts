import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startStack, Stack } from '@snowflow/testing/stack';
import type { Browser, Page } from 'playwright-core';
import { ApiClient } from '../support/api-client';
import { openBrowser, openPage } from '../support/browser';
import { BuilderPage } from '../support/builder-page';
import { DocumentBuilder } from '../support/document-builder';
import { signInFrom } from '../support/page-session';
import { axeFaults, faultsInBothThemes, screenFaults } from '../support/screen-faults';

const pictures = join(__dirname, '..', '..', 'dist', 'pictures');

/** A model answers the question; orders by priority are drawn beside it. */
const asked = (name: string) =>
  new DocumentBuilder(name)
    .parameter('question', 'string')
    .parameter('history', 'string', '[]')
    .node('ask', 'ai.complete', {
      model: 'llama3.3-70b',
      prompt: 'Before: {{ parameters.history }}. Now: {{ parameters.question }}',
    })
    .node('reply', 'output.response', { format: 'json' }, 'ask')
    .tpch('orders', 'ORDERS')
    .node(
      'by-priority',
      'shape.aggregate',
      { groupBy: ['O_ORDERPRIORITY'], measures: [{ function: 'sum', column: 'O_TOTALPRICE', as: 'REVENUE' }] },
      'orders',
    )
    .node(
      'drawn',
      'output.result',
      {
        name: 'Revenue by priority',
        view: 'chart',
        chart: { mark: 'bar', encoding: { x: { field: 'O_ORDERPRIORITY' }, y: { field: 'REVENUE' } } },
      },
      'by-priority',
    )
    .build();

describe('Talking to a workflow in a browser', () => {
  let stack: Stack;
  let browser: Browser;
  let api: ApiClient;

  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    stack = await startStack({ env: { THROTTLE_CONNECTS_PER_MINUTE: '1000' } });
    api = new ApiClient(stack.gatewayUrl);
    await api.connect('demo');
    browser = await openBrowser();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
  }, 60_000);

  const save = async (definition: object) =>
    (await api.call<{ id: string }>('POST', '/workflows/save', { body: { definition } })).body.id;
  const open = async (path: string) => {
    const opened = await openPage(browser);
    await signInFrom(opened.page, stack.gatewayUrl);
    await opened.page.goto(`${stack.gatewayUrl}${path}`);
    return opened;
  };
  const ask = async (page: Page, question: string) => {
    await page.getByRole('textbox', { name: 'Question' }).fill(question);
    await page.getByRole('textbox', { name: 'Question' }).press('Enter');
    return page.getByRole('article', { name: question });
  };
  const drawing = (page: Page) => page.getByRole('img', { name: /^Bar chart of REVENUE by O_ORDERPRIORITY, 5 rows/ });

  it('answers on its own page, with a chart and the statement it rests on, and knows what was said before', async () => {
    const { page, complaints } = await open(`/chat/${await save(asked('Asked'))}`);
    const first = await ask(page, 'Which priority earns most?');
    await first.getByText(/simulated by the local warehouse.*Now: Which priority earns most\?/).waitFor();
    await drawing(page).locator('svg').waitFor({ state: 'attached' });
    await first.getByText('Rests on 1 statement').click();
    await first.getByText('reads SNOWFLAKE_SAMPLE_DATA.TPCH_SF1.ORDERS').waitFor();
    const second = await ask(page, 'And least?');
    await second.getByText(/"role":"user","content":"Which priority earns most\?"/).waitFor();
    await page.reload();
    await second.getByText(/"role":"user","content":"Which priority earns most\?"/).waitFor();
    await second.getByText('Rests on 1 statement').click();
    await second.getByRole('link', { name: /^Statement/ }).click();
    await page
      .getByLabel('SQL', { exact: true })
      .getByText('WITH')
      .or(page.getByLabel('SQL').getByText('SELECT'))
      .first()
      .waitFor();
    expect(new URL(page.url()).pathname).toMatch(/^\/runs\/run_/);
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 90_000);

  it('is let to take a question in the builder, and answers there', async () => {
    const plain = new DocumentBuilder('Plain')
      .tpch('nations', 'NATION')
      .node('few', 'shape.limit', { rows: 3 }, 'nations')
      .node('listed', 'output.result', { name: 'Nations', view: 'table' }, 'few')
      .build();
    const { page, complaints } = await open(`/workflows/${await save(plain)}`);
    const builder = new BuilderPage(page);
    await page.getByRole('tab', { name: 'Chat' }).click();
    await page.getByRole('button', { name: 'Let it take a question' }).click();
    const answer = await ask(page, 'Which nations?');
    await answer.getByRole('gridcell').first().waitFor();
    await builder.node('listed').getByText('3 rows').waitFor();
    await builder.saved();
    await page.getByRole('link', { name: 'Chat on its own page' }).click();
    await page.getByRole('article', { name: 'Which nations?' }).getByRole('gridcell').first().waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 90_000);

  it('draws a chart as its node is set in the builder', async () => {
    const { page, complaints } = await open(`/workflows/${await save(asked('Drawn'))}`);
    const builder = new BuilderPage(page);
    await page.getByRole('button', { name: /^Fit all/ }).click();
    await builder.select('drawn');
    await builder.inspector.getByRole('combobox', { name: 'Kind' }).selectOption('Line');
    await builder.inspector.getByRole('group', { name: 'Colour' }).getByLabel('Column').selectOption('O_ORDERPRIORITY');
    await page.getByRole('tab', { name: 'Chat' }).click();
    await (await ask(page, 'Draw it')).getByText(/simulated by the local warehouse/).waitFor();
    await page.getByRole('tab', { name: 'Data' }).click();
    await page
      .getByRole('img', { name: /^Line chart of O_ORDERPRIORITY by REVENUE/ })
      .locator('svg')
      .waitFor({ state: 'attached' });
    await page.screenshot({ path: join(pictures, 'builder-chart.png') });
    await builder.results.getByRole('radio', { name: 'Table' }).click();
    await builder.results.getByRole('gridcell').first().waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 90_000);

  it('forgets what was said when its person signs out', async () => {
    const workflow = await save(asked('Forgotten'));
    const { page } = await open(`/chat/${workflow}`);
    const said = await ask(page, 'A secret?');
    await said.getByText(/Now: A secret\?/).waitFor();
    await page.getByRole('button', { name: 'Ask' }).waitFor();
    await page.getByRole('button', { name: /^Account/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.waitForURL('**/login**');
    expect(await page.evaluate<string>('JSON.stringify([{ ...sessionStorage }, { ...localStorage }])')).not.toContain(
      'secret',
    );
    await page.context().close();
  }, 60_000);

  it('has no accessibility violation, in both themes, at 1440 and 390', async () => {
    const workflow = await save(asked('Seen'));
    const { page } = await open(`/chat/${workflow}`);
    const faults: string[] = [];
    const picture = (screen: string) => (look: string) => join(pictures, `${screen}-${look}.png`);
    const said = await ask(page, 'Which priority earns most?');
    await said.getByText(/simulated by the local warehouse/).waitFor();
    await drawing(page).locator('svg').waitFor({ state: 'attached' });
    await said.getByText('Rests on 1 statement').click();
    faults.push(...(await screenFaults(page, 'chat', picture('chat'))));
    await said.getByRole('link', { name: 'Open run' }).click();
    await page.getByRole('tab', { name: 'Results' }).click();
    await page.getByLabel('Rows of').selectOption({ label: 'drawn' });
    await drawing(page).locator('svg').waitFor({ state: 'attached' });
    faults.push(...(await screenFaults(page, 'chart', picture('chart'))));
    await page.goto(`${stack.gatewayUrl}/workflows/${workflow}`);
    await page.getByRole('button', { name: 'Chat' }).click();
    await page.getByRole('article', { name: 'Which priority earns most?' }).waitFor();
    const inBuilder = await faultsInBothThemes(page, async (theme) => {
      await page.screenshot({ path: picture('builder-chat')(`1440-${theme}`) });
      return axeFaults(page);
    });
    faults.push(...inBuilder.map((fault) => `builder-chat ${fault}`));
    expect(faults).toEqual([]);
    await page.context().close();
  }, 120_000);
});
