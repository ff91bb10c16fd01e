import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startStack, Stack } from '@snowflow/testing/stack';
import type { Browser, Page } from 'playwright-core';
import { ApiClient, Run, runToEnd } from '../support/api-client';
import { BreakableLine } from '../support/breakable-line';
import { openBrowser, openPage } from '../support/browser';
import { signInFrom } from '../support/page-session';
import { BuilderPage } from '../support/builder-page';
import { DocumentBuilder, sixInARow } from '../support/document-builder';
import { faultsInBothThemes, screenFaults, sidewaysFaults } from '../support/screen-faults';
import { slowSelect } from '../support/slow-statement';

const pictures = join(__dirname, '..', '..', 'dist', 'pictures');

/** A node that takes long, and one that waits for it. */
const slow = (name: string) =>
  new DocumentBuilder(name)
    .node('long', 'source.sql', { sql: slowSelect(60) })
    .node('result', 'output.result', { name: 'Long', view: 'table' }, 'long')
    .build();
/** The statement fails in Snowflake, not before. */
const failing = (name: string) =>
  new DocumentBuilder(name)
    .node('numbers', 'source.sql', {
      sql: 'SELECT\n  CAST(O_CLERK AS NUMBER) AS N\nFROM SNOWFLAKE_SAMPLE_DATA.TPCH_SF1.ORDERS',
    })
    .node('result', 'output.result', { name: 'Numbers', view: 'table' }, 'numbers')
    .build();
/** Two results of their own; the second's statement fails. */
const halfFailing = (name: string) =>
  new DocumentBuilder(name)
    .tpch('orders', 'ORDERS')
    .node('few', 'shape.limit', { rows: 4 }, 'orders')
    .node('good', 'output.result', { name: 'Good', view: 'table' }, 'few')
    .node('numbers', 'source.sql', {
      sql: 'SELECT CAST(O_CLERK AS NUMBER) AS N FROM SNOWFLAKE_SAMPLE_DATA.TPCH_SF1.ORDERS',
    })
    .node('bad', 'output.result', { name: 'Bad', view: 'table' }, 'numbers')
    .build();

/** The labels of the timeline's axis that reach into the one after. */
const touchingTicks = (page: Page) =>
  page.locator('.timeline-tick:not(:empty)').evaluateAll((ticks) =>
    ticks.flatMap((tick, index) => {
      const next = ticks[index + 1]?.getBoundingClientRect().left ?? Infinity;
      return tick.getBoundingClientRect().right < next ? [] : [tick.textContent];
    }),
  );

describe('Runs in a browser', () => {
  let stack: Stack;
  let browser: Browser;
  let api: ApiClient;
  let line: BreakableLine;

  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    stack = await startStack({ env: { THROTTLE_CONNECTS_PER_MINUTE: '1000' } });
    api = new ApiClient(stack.gatewayUrl);
    await api.connect('demo');
    line = await BreakableLine.to(stack.gatewayUrl);
    browser = await openBrowser();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await line?.stop();
    await stack?.stop();
  }, 60_000);

  const save = async (definition: object) =>
    (await api.call<{ id: string }>('POST', '/workflows/save', { body: { definition } })).body.id;
  const start = async (workflowId: string) =>
    (await api.call<{ runId: string }>('POST', '/workflows/run', { body: { workflowId } })).body.runId;
  /** Signs in from the page itself, so that its cookies are the browser's. */
  const open = async (path: string, origin = stack.gatewayUrl) => {
    const opened = await openPage(browser);
    await signInFrom(opened.page, origin);
    await goTo(opened.page, path, origin);
    return opened;
  };
  const goTo = async (page: Page, path: string, origin = stack.gatewayUrl) => {
    await page.goto(`${origin}${path}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
  };
  const timeline = (page: Page) => page.getByRole('region', { name: 'Timeline' });
  const rowOf = (page: Page, label: string) =>
    timeline(page)
      .getByRole('row')
      .filter({ has: page.getByRole('rowheader', { name: label, exact: true }) });

  it('says that there are none, before the first', async () => {
    const { page, complaints } = await open('/runs');
    await page.getByText('No runs yet.').waitFor();
    expect(await screenFaults(page, 'no runs')).toEqual([]);
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 60_000);

  it('shows a run that was started elsewhere as it goes on, and cancels it', async () => {
    const workflow = await save(slow('Long way'));
    const { page, complaints } = await open('/workflows');
    const runId = await start(workflow);
    await page.getByRole('link', { name: 'Runs', exact: true }).click();
    const row = page.getByRole('row').filter({ hasText: 'Long way' });
    await row.getByText('Running').waitFor();
    await row.getByRole('link', { name: 'Long way' }).click();
    await page.waitForURL(`**/runs/${runId}`);
    await rowOf(page, 'long').getByText('Running').waitFor();
    await page.getByRole('list', { name: 'Events, newest first' }).getByText('Running').first().waitFor();
    await page.getByRole('button', { name: 'Cancel run' }).click();
    await page.getByRole('heading', { level: 1 }).getByText('Cancelled').waitFor();
    await rowOf(page, 'long').getByText('Cancelled').waitFor();
    expect((await api.call<{ status: string }>('GET', `/runs/${runId}`)).body.status).toBe('cancelled');
    await page.getByRole('link', { name: 'Runs', exact: true }).first().click();
    await row.getByText('Cancelled').waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 90_000);

  it('goes on with the events where the stream broke', async () => {
    const runId = await start(await save(slow('Broken stream')));
    const { page } = await open(`/runs/${runId}`, line.url);
    const events = page.getByRole('list', { name: 'Events, newest first' }).getByRole('listitem');
    await events.filter({ hasText: 'Running in Snowflake' }).first().waitFor();
    const resumed = page.waitForRequest(
      (request) => request.url().endsWith('/events') && Number(request.headers()['last-event-id']) > 0,
    );
    line.cut();
    await resumed;
    await api.call('POST', `/runs/${runId}/cancel`);
    await page.getByRole('heading', { level: 1 }).getByText('Cancelled').waitFor();
    const texts = await events.allInnerTexts();
    expect(new Set(texts).size).toBe(texts.length);
    await page.context().close();
  }, 90_000);

  it('names the statement of each node, its SQL, its query and its rows', async () => {
    const run = await runToEnd(api, { workflowId: await save(sixInARow('Six')) });
    const { page, complaints } = await open(`/runs/${run.id}`);
    await rowOf(page, 'dear').getByText('in statement 1').waitFor();
    await rowOf(page, 'result').getByText('Done').waitFor();
    expect(await rowOf(page, 'result').getByRole('cell').last().innerText()).toBe('3');
    const statement = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: 'Statement 1' }) });
    await statement.getByText('and 6 more').waitFor();
    await statement.getByText(run.nodes['result']?.queryId ?? 'no query').waitFor();
    // By the keyboard: the statement opens with Enter, the tabs change with an arrow.
    await statement.getByRole('button', { name: 'Statement 1' }).press('Enter');
    await page.getByLabel('SQL', { exact: true }).getByText('WITH').first().waitFor();
    await page.getByRole('list', { name: 'Nodes of statement 1' }).getByText('orders').waitFor();
    await page.getByRole('tab', { name: 'Statements' }).press('ArrowRight');
    await page.getByRole('gridcell').first().waitFor();
    await page.reload();
    await page.getByRole('gridcell').first().waitFor();
    await timeline(page).getByRole('button', { name: 'result' }).press('Enter');
    await timeline(page).getByRole('group', { name: 'result' }).getByText('3 rows').waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 60_000);

  it('says why a run failed and on which line', async () => {
    const run = await runToEnd(api, { workflowId: await save(failing('No numbers')) });
    const { page, complaints } = await open(`/runs/${run.id}`);
    const notice = page.getByRole('alert').filter({ hasText: 'failed.' }).first();
    await notice.getByRole('button', { name: 'Show statement 1' }).click();
    await page.getByText('This node failed.').first().waitFor();
    expect(await page.locator(':focus').innerText()).toContain('Statement 1');
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 60_000);

  it('runs the same revision again', async () => {
    const run = await runToEnd(api, { workflowId: await save(sixInARow('Again')) });
    const { page, complaints } = await open(`/runs/${run.id}`);
    await page.getByRole('button', { name: 'Run again' }).click();
    await page.waitForURL((url) => /\/runs\/run_/.test(url.pathname) && !url.pathname.endsWith(run.id));
    await page.getByRole('heading', { level: 1 }).getByText('Done').waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 60_000);

  it('goes on from a run: what failed again, from a node on, and up to a node', async () => {
    const run = await runToEnd(api, { workflowId: await save(halfFailing('Half')) });
    const { page, complaints } = await open(`/runs/${run.id}`);
    const another = async (act: () => Promise<void>) => {
      const before = new URL(page.url()).pathname;
      await act();
      await page.waitForURL((url) => url.pathname !== before);
      return new URL(page.url()).pathname.replace('/runs/', '');
    };
    await rowOf(page, 'good').getByText('Done').waitFor();
    await another(() => page.getByRole('button', { name: 'Retry from failed' }).click());
    await rowOf(page, 'good').getByText('Taken from an earlier run').waitFor();
    await rowOf(page, 'bad').getByText('Failed').waitFor();

    await goTo(page, `/runs/${run.id}?node=good`);
    const panel = timeline(page).getByRole('group', { name: 'good' });
    const toId = await another(() => panel.getByRole('button', { name: 'Run to here' }).click());
    await page.getByRole('heading', { level: 1 }).getByText('Done').waitFor();
    const { nodes } = (await api.call<Run>('GET', `/runs/${toId}`)).body;
    expect(
      Object.entries(nodes)
        .map(([id, { status }]) => `${id} ${status}`)
        .sort(),
    ).toEqual(['bad skipped', 'few succeeded', 'good succeeded', 'numbers skipped', 'orders succeeded']);

    await goTo(page, `/runs/${run.id}?node=good`);
    await another(() => panel.getByRole('button', { name: 'Run from here' }).click());
    await page.getByRole('heading', { level: 1 }).getByText('Done').waitFor();
    await rowOf(page, 'good').getByText('Done').waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 60_000);

  it('runs up to the selected node from the menu and the keyboard of the builder', async () => {
    const workflow = await save(halfFailing('Builder menu'));
    const { page, complaints } = await open(`/workflows/${workflow}`);
    const builder = new BuilderPage(page);
    await builder.select('few');
    await page.getByRole('button', { name: 'Ways to run' }).click();
    await page.getByRole('menuitem', { name: 'Run to few' }).click();
    await builder.node('few').getByText('4 rows').waitFor();
    await builder
      .node('numbers')
      .getByText(/Skipped$/)
      .waitFor();
    await page.screenshot({ path: join(pictures, 'builder-run-to.png') });
    await builder.select('good');
    await page.keyboard.press('Control+Shift+Enter');
    await builder.node('good').getByText('4 rows').waitFor();
    await page.getByRole('link', { name: 'Open run' }).click();
    await rowOf(page, 'good').getByText('Done').waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 60_000);

  it('filters by status and workflow, in the address', async () => {
    const workflow = await save(sixInARow('Filtered'));
    await runToEnd(api, { workflowId: workflow });
    const { page, complaints } = await open('/workflows');
    await page.getByRole('button', { name: 'Actions for Filtered' }).click();
    await page.getByRole('menuitem', { name: 'Show runs' }).click();
    await page.getByRole('heading', { name: 'Runs', level: 1 }).waitFor();
    await page.getByRole('link', { name: 'Filtered' }).waitFor();
    expect(await page.getByRole('row').count()).toBe(2);
    await page.getByRole('combobox', { name: 'Status' }).selectOption('Failed');
    await page.getByText('No run matches.').waitFor();
    expect(new URL(page.url()).search).toBe(`?status=failed&workflow=${workflow}`);
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await page.getByRole('link', { name: 'Six', exact: true }).waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 60_000);

  it("does not show another person's run", async () => {
    const analyst = new ApiClient(stack.gatewayUrl);
    await analyst.connect('analyst');
    const { id } = await runToEnd(analyst, { definition: sixInARow('Private') });
    const { page } = await open(`/runs/${id}`);
    await page.getByText('This run does not exist or is not yours.').waitFor();
    expect(await screenFaults(page, 'not yours')).toEqual([]);
    await page.context().close();
  }, 60_000);

  it('has no accessibility violation on either page, in both themes, at 1440 and 390', async () => {
    const going = await start(await save(slow('Seen')));
    const done = await runToEnd(api, { workflowId: await save(sixInARow('Seen done')) });
    const failed = await runToEnd(api, { workflowId: await save(failing('Seen failed')) });
    const { page } = await open('/runs');
    const faults: string[] = [];
    const inspect = async (screen: string) => {
      await page.setViewportSize({ width: 768, height: 900 });
      const middling = await faultsInBothThemes(page, () => sidewaysFaults(page));
      faults.push(...middling.map((fault) => `${screen} 768 ${fault}`));
      faults.push(...(await touchingTicks(page)).map((label) => `${screen} 768: ${label} touches the next`));
      faults.push(...(await screenFaults(page, screen, (look) => join(pictures, `${screen}-${look}.png`))));
    };
    await page.getByRole('row').nth(1).waitFor();
    await inspect('runs');
    await goTo(page, `/runs/${going}`);
    await rowOf(page, 'long').getByText('Running').waitFor();
    await inspect('run-going');
    await goTo(page, `/runs/${done.id}?node=result&step=s1`);
    await rowOf(page, 'result').getByText('Done').waitFor();
    await inspect('run-done');
    await goTo(page, `/runs/${done.id}?tab=results`);
    await page.getByRole('gridcell').first().waitFor();
    await inspect('run-results');
    await goTo(page, `/runs/${failed.id}?node=result`);
    await page.getByRole('button', { name: 'Show statement 1' }).click();
    await inspect('run-failed');
    await api.call('POST', `/runs/${going}/cancel`);
    expect(faults).toEqual([]);
    await page.context().close();
  }, 180_000);
});
