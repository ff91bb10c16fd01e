import { eventually } from '@snowflow/testing/eventually';
import { startStack, type Stack } from '@snowflow/testing/stack';
import type { Browser, Page } from 'playwright-core';
import { ApiClient, type Run } from '../support/api-client';
import { openBrowser, openPage } from '../support/browser';
import { signInFrom } from '../support/page-session';
import { screenFaults } from '../support/screen-faults';

interface Summary {
  id: string;
  name: string;
  origin: string;
}
interface Detail extends Summary {
  missing: unknown[];
}

describe('Templates in a browser', () => {
  let stack: Stack;
  let browser: Browser;
  let demo: ApiClient;
  /** Who has the role that may approve. */
  let analyst: ApiClient;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    stack = await startStack({ env: { THROTTLE_REQUESTS_PER_MINUTE: '100000' } });
    demo = new ApiClient(stack.gatewayUrl);
    await demo.connect('demo');
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

  const starters = async () =>
    (await demo.call<{ items: Summary[] }>('GET', '/templates?limit=200')).body.items.filter(
      ({ origin }) => origin === 'starter',
    );
  const runOf = async (id: string) => (await demo.call<Run>('GET', `/runs/${id}`)).body;
  /** Runs a workflow to its end, and approves what waits on the way. */
  const run = async (workflowId: string) => {
    const { body } = await demo.call<{ runId: string }>('POST', '/workflows/run', { body: { workflowId } });
    await eventually(
      async () => {
        const { status, nodes, error } = await runOf(body.runId);
        const waiting = Object.entries(nodes).find(([, one]) => one.status === 'waiting')?.[0];
        if (waiting) {
          await analyst.call('POST', `/runs/${body.runId}/approvals/${waiting}`, { body: { decision: 'approve' } });
        }
        expect({ status, error }).toEqual({ status: 'succeeded' });
      },
      40_000,
      100,
    );
    return body.runId;
  };
  const goTo = async (path: string) => {
    await page.goto(`${stack.gatewayUrl}${path}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
  };

  it('leads from the empty list of workflows to the gallery, and by one click to a run of one’s own', async () => {
    await goTo('/workflows');
    await page.getByRole('main').getByRole('link', { name: 'Browse templates' }).first().click();
    await page.getByRole('searchbox', { name: 'Search templates' }).fill('nation');
    await page.waitForURL(/search=nation/);
    const card = page.getByRole('article', { name: 'Revenue by nation' });
    await card.getByRole('img', { name: /steps: / }).waitFor();
    await card.getByRole('link', { name: 'Revenue by nation' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Use template' }).click();
    await page.waitForURL(/\/workflows\/wf_/);
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    // On its node, which far away has no room to show it.
    await page.getByText('25 rows').first().waitFor({ state: 'attached' });
    expect(complaints).toEqual([]);
  }, 60_000);

  it('has everything that each starter needs, and each runs as it is to an end that is shown', async () => {
    const all = await starters();
    expect(all).toHaveLength(12);
    const ending = Promise.all(
      all.map(async ({ id, name }) => {
        const { missing } = (await demo.call<Detail>('GET', `/templates/${id}`)).body;
        const used = await demo.call<{ id: string }>('POST', `/templates/${id}/use`, { body: {} });
        return { name, missing, status: used.status, runId: await run(used.body.id) };
      }),
    );
    // They are looked at while they run.
    const lookedAt = async () => {
      await goTo('/templates');
      for (const { name, id } of all) {
        await page.getByRole('article', { name, exact: true }).getByRole('link').click();
        const dialog = page.getByRole('dialog', { name, exact: true });
        await dialog.getByRole('button', { name: 'Use template' }).waitFor();
        expect(page.url()).toContain(id);
        await dialog.getByRole('button', { name: 'Close' }).click();
      }
    };
    const [ended] = await Promise.all([ending, lookedAt()]);
    expect(ended.filter(({ missing }) => missing.length > 0).map(({ name }) => name)).toEqual([]);
    expect(new Set(ended.map(({ status }) => status))).toEqual(new Set([201]));
    await goTo('/runs');
    for (const { runId } of ended) {
      await page.getByRole('main').locator(`a[href="/runs/${runId}"]`).first().click();
      await page.getByRole('heading', { level: 1 }).getByText('Done').waitFor();
      await page.goBack();
    }
  }, 120_000);

  it('runs a second time over the tables that the first wrote', async () => {
    const late = (await starters()).filter(({ name }) => /Late|segments/.test(name));
    expect(late).toHaveLength(2);
    // The catalog remembers for a minute that a table was not there.
    await demo.call('POST', '/catalog/refresh');
    for (const { id } of late) {
      const { body } = await demo.call<{ id: string }>('POST', `/templates/${id}/use`, { body: {} });
      expect((await runOf(await run(body.id))).status).toBe('succeeded');
    }
  }, 60_000);

  it('makes a template of a workflow for everybody of the tenant', async () => {
    const [first] = await starters();
    const { body } = await demo.call<{ id: string }>('POST', `/templates/${first?.id}/use`, { body: { name: 'Mine' } });
    await goTo(`/workflows/${body.id}`);
    await page.getByRole('button', { name: 'Workflow menu' }).click();
    await page.getByRole('menuitem', { name: /Save as template/ }).click();
    const dialog = page.getByRole('dialog', { name: 'Save as template' });
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Ours');
    await dialog.getByRole('button', { name: 'Save template' }).click();
    await page.getByText('Template saved').waitFor();
    const seen = (await analyst.call<{ items: Summary[] }>('GET', '/templates?search=Ours')).body.items;
    expect(seen).toMatchObject([{ name: 'Ours', origin: 'tenant' }]);
  }, 60_000);

  it('has no accessibility violation, in both themes, at 1440 and 390', async () => {
    await goTo('/templates?category=agents');
    await page.getByRole('article').first().waitFor();
    expect(await screenFaults(page, 'templates')).toEqual([]);
    expect(complaints).toEqual([]);
  }, 90_000);
});
