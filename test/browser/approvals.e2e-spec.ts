import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '@snowflow/testing/eventually';
import { startStack, Stack } from '@snowflow/testing/stack';
import type { Browser, Page } from 'playwright-core';
import { ApiClient, Run } from '../support/api-client';
import { openBrowser, openPage } from '../support/browser';
import { signInFrom } from '../support/page-session';
import { DocumentBuilder } from '../support/document-builder';
import { screenFaults } from '../support/screen-faults';

const pictures = join(__dirname, '..', '..', 'dist', 'pictures');

/** Rows that are read once somebody has approved. */
const guarded = (name: string, more: Record<string, unknown> = {}) =>
  new DocumentBuilder(name)
    .tpch('orders', 'ORDERS')
    .node('few', 'shape.limit', { rows: 4 }, 'orders')
    .node(
      'finance',
      'logic.approval',
      {
        approvers: ['user:ANALYST'],
        message: `May ${name} be read?`,
        show: [{ label: 'Rows at most', value: '4' }],
        onTimeout: 'reject',
        ...more,
      },
      'few',
    )
    .node('result', 'output.result', { name: 'Orders', view: 'table' }, 'finance.approved')
    .build();
const form = [
  { name: 'reason', type: 'string', label: 'Reason', required: true },
  { name: 'until', type: 'date', label: 'Good until' },
  { name: 'most', type: 'number', label: 'Most rows' },
  { name: 'final', type: 'boolean', label: 'Final' },
];

describe('Approvals in a browser', () => {
  let stack: Stack;
  let browser: Browser;
  let demo: ApiClient;
  let analyst: ApiClient;

  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    stack = await startStack({ env: { THROTTLE_CONNECTS_PER_MINUTE: '1000' } });
    demo = new ApiClient(stack.gatewayUrl);
    await demo.connect('demo');
    analyst = new ApiClient(stack.gatewayUrl);
    await analyst.connect('analyst');
    browser = await openBrowser();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
  }, 60_000);

  /** Starts a run of demo's, and answers its id once it waits for the decision. */
  const waiting = async (definition: object) => {
    const { id: workflowId } = (await demo.call<{ id: string }>('POST', '/workflows/save', { body: { definition } }))
      .body;
    const { runId } = (await demo.call<{ runId: string }>('POST', '/workflows/run', { body: { workflowId } })).body;
    await eventually(async () => expect((await runOf(runId)).nodes['finance']?.status).toBe('waiting'));
    return runId;
  };
  const runOf = async (id: string) => (await demo.call<Run>('GET', `/runs/${id}`)).body;
  const decide = (id: string) =>
    analyst.call('POST', `/runs/${id}/approvals/finance`, { body: { decision: 'reject' } });
  /** Signs in from the page itself, so that its cookies are the browser's. */
  const open = async (username: string, path: string) => {
    const opened = await openPage(browser);
    await signInFrom(opened.page, stack.gatewayUrl, username);
    await goTo(opened.page, path);
    return opened;
  };
  const goTo = async (page: Page, path: string) => {
    await page.goto(`${stack.gatewayUrl}${path}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
  };
  const inboxLink = (page: Page) =>
    page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: /Approvals/ });

  it('says that nothing waits, before the first', async () => {
    const { page, complaints } = await open('analyst', '/approvals');
    await page.getByText('Nothing waits for you.').waitFor();
    expect(await screenFaults(page, 'no approvals')).toEqual([]);
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 60_000);

  it('leads from the count to the approval, and lets the run go on when it is given', async () => {
    const runId = await waiting(guarded('Ledger'));
    const { page, complaints } = await open('analyst', '/workflows');
    await inboxLink(page).getByText('1', { exact: false }).waitFor();
    await inboxLink(page).click();
    const card = page.getByRole('article', { name: 'Ledger' });
    await card.getByText('May Ledger be read?').waitFor();
    await card.getByRole('textbox', { name: 'Comment' }).fill('Looks right');
    await card.getByRole('button', { name: 'Approve' }).click();
    await page.getByText('Nothing waits for you.').waitFor();
    await eventually(async () => expect((await runOf(runId)).status).toBe('succeeded'));
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 90_000);

  it('asks for what the form needs, at its fields', async () => {
    const runId = await waiting(guarded('Asking', { form }));
    const { page, complaints } = await open('analyst', '/approvals');
    const card = page.getByRole('article', { name: 'Asking' });
    await card.getByRole('button', { name: 'Approve' }).click();
    await card.getByText('Fill it in.').waitFor();
    expect((await runOf(runId)).nodes['finance']?.status).toBe('waiting');
    await card.getByRole('textbox', { name: 'Reason' }).fill('Audit');
    await card.getByLabel(/Good until/).fill('2027-01-31');
    await card.getByRole('textbox', { name: /Most rows/ }).fill('4');
    await card.getByRole('combobox', { name: /Final/ }).selectOption('Yes');
    await card.getByRole('button', { name: 'Approve' }).click();
    await page.getByText('Nothing waits for you.').waitFor();
    await eventually(async () => expect((await runOf(runId)).status).toBe('succeeded'));
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 90_000);

  it('takes away politely what somebody else has decided', async () => {
    const runId = await waiting(guarded('Raced'));
    const { page } = await open('analyst', '/approvals');
    const card = page.getByRole('article', { name: 'Raced' });
    await card.waitFor();
    expect((await decide(runId)).status).toBe(204);
    await card.getByRole('button', { name: 'Approve' }).click();
    await page.getByText(/somebody has decided/i).waitFor();
    await page.getByText('Nothing waits for you.').waitFor();
    await page.context().close();
  }, 60_000);

  it('says on the page of the run what it waits for, and lets its runner decide where they may', async () => {
    const { page, complaints } = await open('demo', `/runs/${await waiting(guarded('Theirs'))}`);
    await page.getByText('finance waits for a decision.').waitFor();
    await page.getByRole('region', { name: 'Timeline' }).getByText('Waits for a decision').waitFor();
    expect(await page.getByRole('button', { name: 'Approve' }).count()).toBe(0);
    const own = guarded('Own', { approvers: ['user:DEMO'], allowRunner: true });
    await goTo(page, `/runs/${await waiting(own)}`);
    const card = page.getByRole('article', { name: 'finance waits for your decision' });
    await card.getByRole('button', { name: 'Approve' }).click();
    await page.getByRole('heading', { level: 1 }).getByText('Done').waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 90_000);

  it('has no accessibility violation, in both themes, at 1440 and 390', async () => {
    const asking = guarded('Seen', {
      approvers: ['user:DEMO', 'user:ANALYST'],
      allowRunner: true,
      form,
    });
    const runId = await waiting(asking);
    const { page } = await open('demo', '/approvals');
    const faults: string[] = [];
    const inspect = async (screen: string) => {
      faults.push(...(await screenFaults(page, screen, (look) => join(pictures, `${screen}-${look}.png`))));
    };
    const card = page.getByRole('article', { name: 'Seen' });
    await card.getByRole('button', { name: 'Approve' }).click();
    await card.getByText('Fill it in.').waitFor();
    await inspect('approvals');
    await goTo(page, `/runs/${runId}?node=finance`);
    await page.getByRole('article').waitFor();
    await inspect('run-waiting');
    await decide(runId);
    expect(faults).toEqual([]);
    await page.context().close();
  }, 120_000);
});
