import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { startStack, type Stack } from '@snowflow/testing/stack';
import type { Browser, Page } from 'playwright-core';
import { ApiClient } from '../support/api-client';
import { openBrowser, openPage } from '../support/browser';
import { BuilderPage } from '../support/builder-page';
import { DocumentBuilder } from '../support/document-builder';
import { postFrom, signInFrom } from '../support/page-session';
import { storeToken } from '../support/publish';
import { screenFaults, sidewaysFaults } from '../support/screen-faults';

const regions = new DocumentBuilder('Regions')
  .parameter('most', 'number', 2)
  .tpch('region', 'REGION')
  .node('some', 'shape.filter', { expression: 'R_REGIONKEY < {{ parameters.most }}' }, 'region')
  .node('out', 'output.response', {}, 'some')
  .build();

const PAGES =
  '/workflows /catalog /semantic-models /templates /runs /approvals /schedules /admin/audit /admin/policies /settings/credentials';

const run = promisify(execFile);

describe('What becomes of a workflow, in a browser', () => {
  let stack: Stack;
  let browser: Browser;
  let api: ApiClient;
  let page: Page;
  let complaints: string[];
  let id: string;

  beforeAll(async () => {
    stack = await startStack();
    api = new ApiClient(stack.gatewayUrl);
    await api.connect('demo');
    await storeToken(api, stack.warehouseUrl);
    browser = await openBrowser();
    ({ page, complaints } = await openPage(browser));
    await signInFrom(page, stack.gatewayUrl);
    ({ id } = await postFrom(page, '/workflows/save', { definition: regions }));
    await postFrom(page, '/templates/tpl_StarterRevenueByNation/use', {});
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
  }, 60_000);

  /** As a program does it that is not SnowFlow's. */
  const curl = async (key: string) => {
    const type = ['--header', 'content-type: application/json'];
    const sent = [...type, '--header', `X-API-Key: ${key}`, '--data', '{"parameters":{"most":3}}'];
    const url = `${stack.gatewayUrl}/api/v1/published/regions`;
    const { stdout } = await run('curl', ['--silent', '--write-out', '\n%{http_code}', ...sent, url]);
    const [body = '', status] = stdout.split(/\n(?=\d+$)/);
    return { status: Number(status), body: JSON.parse(body) as Record<string, unknown> };
  };
  /** That nothing is published yet is a 404, and what a policy denies a 403: both are what is asked about here. */
  const unexpected = () => complaints.filter((one) => !/status of 40[34]/.test(one));
  const openBuilder = async () => {
    await page.goto(`${stack.gatewayUrl}/workflows/${id}`);
    const builder = new BuilderPage(page);
    await builder.canvas.waitFor();
    return builder;
  };

  it('is published as one’s own credential, called by curl, and not once the key is revoked', async () => {
    await openBuilder();
    await page.getByRole('button', { name: 'Workflow menu' }).click();
    await page.getByRole('menuitem', { name: /Publish as API/ }).click();
    const publishing = page.getByRole('dialog', { name: 'Publish as API' });
    await publishing.getByLabel('Credential').selectOption({ index: 1 });
    await publishing.getByText('Needs approval.').waitFor();
    await publishing.getByRole('button', { name: /^Approve use of Token of demo/ }).click();
    await publishing.getByText(/^Approved: Token of demo/).waitFor();
    await publishing.getByRole('button', { name: 'Publish', exact: true }).click();
    await publishing.getByRole('button', { name: 'New key for it' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Program');
    await page.getByRole('button', { name: 'Create key' }).click();
    const key = await page.getByRole('group', { name: 'API key' }).innerText();
    await page.getByRole('button', { name: 'I have copied it' }).click();
    expect(await curl(key.trim())).toMatchObject({ status: 200, body: { rowCount: 3 } });

    await page.goto(`${stack.gatewayUrl}/settings/api-keys`);
    await page.getByRole('button', { name: 'Revoke key Program' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke key' }).click();
    await page.getByText('No API keys.').waitFor();
    expect(await curl(key.trim())).toMatchObject({ status: 401, body: { code: 'UNAUTHENTICATED' } });
    expect(unexpected()).toEqual([]);
  }, 60_000);

  it('is scheduled as the same credential, and the schedule is changed', async () => {
    await page.goto(`${stack.gatewayUrl}/schedules?new=${id}`);
    const making = page.getByRole('dialog', { name: 'New schedule' });
    await making.getByLabel('Credential').selectOption({ index: 1 });
    await making.getByLabel('Revision').selectOption('1');
    await making.getByText(/^Approved: Token of demo/).waitFor();
    await making.getByRole('button', { name: 'Save schedule' }).click();
    await page.getByRole('button', { name: 'Edit Regions' }).click();
    const changing = page.getByRole('dialog', { name: 'Change Regions' });
    await changing.getByLabel('Cron').fill('30 6 * * *');
    await changing.getByLabel('Time zone').fill('Asia/Tokyo');
    await changing.getByLabel('most').fill('4');
    await changing.getByRole('columnheader', { name: 'Asia/Tokyo' }).waitFor();
    await changing.getByRole('button', { name: 'Save schedule' }).click();
    await page.getByText('At 06:30 (30 6 * * *)').first().waitFor();
    expect(await screenFaults(page, 'schedules')).toEqual([]);
    expect(unexpected()).toEqual([]);
  }, 60_000);

  it('shows what a policy denies where it is picked and checked, and is refused when it runs', async () => {
    await page.goto(`${stack.gatewayUrl}/admin/policies`);
    await page.getByRole('textbox', { name: /^Databases and schemas/ }).fill('DEMO');
    await page.getByRole('textbox', { name: /^Node types/ }).fill('source.table\nshape.filter\noutput.response');
    await page.getByRole('button', { name: 'Save policies' }).click();
    await page.getByText('Policies saved').waitFor();
    await openBuilder();
    const query = page.getByRole('region', { name: 'Nodes', exact: true }).getByRole('button', { name: 'SQL query' });
    await page.locator('[title*="policy “Node types”"]').first().waitFor();
    expect(await query.getAttribute('aria-disabled')).toBe('true');
    await page.getByRole('tab', { name: /Problems/ }).click();
    await page
      .getByText(/The policy “Databases and schemas” of this tenant does not allow SNOWFLAKE_SAMPLE_DATA/)
      .first()
      .waitFor();
    const started = await api.call('POST', '/workflows/run', {
      body: { workflowId: id },
      headers: { prefer: 'wait=20' },
    });
    expect(JSON.stringify(started.body)).toContain('POLICY_DENIED');
  }, 60_000);

  it('stands in the audit log: who did what, and what was there before and after', async () => {
    await page.goto(`${stack.gatewayUrl}/admin/audit`);
    const log = page.getByRole('region', { name: 'Audit log' });
    await log.getByText('policy.changed').waitFor();
    const rows = await log.locator('tbody tr').evaluateAll((all) =>
      all.map((row) => {
        const [, who, what] = [...row.querySelectorAll('td')].map((cell) => cell.textContent);
        const changes = [...row.querySelectorAll('dl > div')].map((one) => one.textContent);
        return { who, what, changes };
      }),
    );
    const of = (action: string) => rows.find(({ what }) => what === action);
    for (const action of ['workflow.saved', 'template.used', 'key.created', 'publication.changed']) {
      expect(of(action)).toMatchObject({ who: 'DEMO', changes: expect.arrayContaining([expect.any(String)]) });
    }
    for (const action of ['credential.use-approved', 'key.revoked', 'schedule.created']) {
      expect(of(action)).toMatchObject({ who: 'DEMO' });
    }
    expect(of('schedule.changed')?.changes).toEqual(
      expect.arrayContaining(['cron0 7 * * MON-FRI → 30 6 * * *', expect.stringContaining('Asia/Tokyo')]),
    );
    expect(of('policy.changed')?.changes.join()).toContain('DEMO');
    expect(unexpected()).toEqual([]);
  }, 60_000);

  it('fits a tablet and a phone wherever the sidebar leads', async () => {
    const wide: string[] = [];
    for (const path of PAGES.split(' ')) {
      await page.goto(`${stack.gatewayUrl}${path}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      for (const width of [768, 390]) {
        await page.setViewportSize({ width, height: 900 });
        wide.push(...(await sidewaysFaults(page)).map((fault) => `${path} at ${width} ${fault}`));
      }
    }
    expect(wide).toEqual([]);
  }, 60_000);
});
