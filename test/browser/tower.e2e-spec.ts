import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '@snowflow/testing/eventually';
import { startStack, Stack } from '@snowflow/testing/stack';
import type { Browser, Page } from 'playwright-core';
import { ApiClient, Run } from '../support/api-client';
import { openBrowser, openPage } from '../support/browser';
import { DocumentBuilder } from '../support/document-builder';
import { signInFrom } from '../support/page-session';
import { screenFaults } from '../support/screen-faults';
import { slowSelect } from '../support/slow-statement';

const pictures = join(__dirname, '..', '..', 'dist', 'pictures');

describe('The Control Tower in a browser', () => {
  let stack: Stack;
  let browser: Browser;
  let page: Page;
  let complaints: string[];
  let analyst: ApiClient;

  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    stack = await startStack({ env: { THROTTLE_CONNECTS_PER_MINUTE: '1000' } });
    analyst = new ApiClient(stack.gatewayUrl);
    await analyst.connect('analyst');
    browser = await openBrowser();
    ({ page, complaints } = await openPage(browser));
    await signInFrom(page, stack.gatewayUrl, 'demo');
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
  }, 60_000);

  const goTo = async (on: Page, path: string) => {
    await on.goto(`${stack.gatewayUrl}${path}`);
    await on.getByRole('heading', { level: 1 }).waitFor();
  };

  it("shows an admin another person's run and cancels it, with its statement", async () => {
    const definition = new DocumentBuilder('Endless')
      .node('slow', 'source.sql', { sql: slowSelect(600) })
      .node('result', 'output.result', { name: 'Slow', view: 'table' }, 'slow')
      .build();
    const started = await analyst.call<{ runId: string }>('POST', '/workflows/run', { body: { definition } });
    const { runId } = started.body;
    const statusOf = async () => (await analyst.call<Run>('GET', `/runs/${runId}`)).body.status;
    await eventually(async () => expect(await statusOf()).toBe('running'));
    await goTo(page, '/workflows');
    await page.getByRole('link', { name: 'Control Tower', exact: true }).click();
    await page.getByRole('link', { name: 'Under way: 1' }).click();
    await page.getByRole('button', { name: 'Cancel run of Unsaved workflow by ANALYST' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel run' }).click();
    await eventually(async () => expect(await statusOf()).toBe('cancelled'));
    await page.getByText('No run matches.').waitFor();
    expect(complaints).toEqual([]);
  }, 60_000);

  it("ends another person's session: what it held is worth nothing at once", async () => {
    expect((await analyst.call('GET', '/auth/me')).status).toBe(200);
    await goTo(page, '/admin/sessions');
    await page.getByRole('button', { name: /^End session of ANALYST/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'End session' }).click();
    await page.getByText('The session of ANALYST has ended.').waitFor();
    expect((await analyst.call('GET', '/auth/me')).status).toBe(401);
    expect(complaints).toEqual([]);
  }, 30_000);

  it('has no accessibility violation, in both themes, at 1440 and 390', async () => {
    const faults: string[] = [];
    for (const tab of ['overview', 'runs', 'usage']) {
      await goTo(page, `/admin/${tab}`);
      await page.getByRole('table').first().waitFor();
      if (tab === 'overview') await page.getByRole('img', { name: /^Bar chart/ }).waitFor();
      faults.push(...(await screenFaults(page, tab, (look) => join(pictures, `tower-${tab}-${look}.png`))));
    }
    expect(faults).toEqual([]);
  }, 120_000);

  it('is not in the navigation of others, who are told whose it is', async () => {
    const builder = await openPage(browser);
    await signInFrom(builder.page, stack.gatewayUrl, 'analyst');
    await goTo(builder.page, '/admin');
    await builder.page.getByText('Only owners and admins see the Control Tower.').waitFor();
    expect(await builder.page.getByRole('link', { name: 'Control Tower', exact: true }).count()).toBe(0);
    await builder.page.context().close();
  }, 30_000);
});
