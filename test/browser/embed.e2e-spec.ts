import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { childEnv } from '@snowflow/testing/env';
import { eventually } from '@snowflow/testing/eventually';
import { startStack, Stack } from '@snowflow/testing/stack';
import type { Browser, FrameLocator, Page } from 'playwright-core';
import { ApiClient } from '../support/api-client';
import { openBrowser, openPage } from '../support/browser';
import { DocumentBuilder } from '../support/document-builder';
import { HostSite } from '../support/host-page';
import { signInFrom } from '../support/page-session';
import { publish, storeToken } from '../support/publish';
import { axeFaults } from '../support/screen-faults';

interface EmbedToken {
  token: string;
  path: string;
}
interface Heard {
  type: string;
  [field: string]: unknown;
}

const run = promisify(execFile);
const pictures = join(__dirname, '..', '..', 'dist', 'pictures');

const drawn = new DocumentBuilder('Regions to see')
  .parameter('most', 'number', 2)
  .tpch('region', 'REGION')
  .node('some', 'shape.filter', { expression: 'R_REGIONKEY < {{ parameters.most }}' }, 'region')
  .node('out', 'output.response', {}, 'some')
  .build();

describe('Embedding, with the cookies of third parties blocked', () => {
  let stack: Stack;
  let browser: Browser;
  let page: Page;
  let api: ApiClient;
  let friend: HostSite;
  let stranger: HostSite;
  let workflowId: string;
  let publicationId: string;

  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    stack = await startStack({ env: { THROTTLE_CONNECTS_PER_MINUTE: '1000' } });
    [friend, stranger] = await Promise.all([HostSite.start('localhost'), HostSite.start('localhost')]);
    api = new ApiClient(stack.gatewayUrl);
    await api.connect('demo');
    const credentialId = await storeToken(api, stack.warehouseUrl);
    ({ workflowId, id: publicationId } = await publish(api, drawn, { slug: 'regions', credentialId }));
    await api.call('PUT', '/admin/embed', { body: { parents: [friend.origin] } });
    browser = await openBrowser(['--test-third-party-cookie-phaseout', '--site-per-process']);
    ({ page } = await openPage(browser));
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await Promise.all([friend?.stop(), stranger?.stop()]);
    await stack?.stop();
  }, 60_000);

  const tokenFor = async (body: object): Promise<EmbedToken> => {
    const made = await api.call<EmbedToken>('POST', '/embed/tokens', { body });
    expect(made.status).toBe(201);
    return made.body;
  };
  /** Puts a frame into the page of a site. */
  const frameIn = async (site: HostSite, path: string, style = 'width:800px;height:500px'): Promise<FrameLocator> => {
    await page.goto(site.origin);
    const attributes = JSON.stringify({ src: `${stack.gatewayUrl}${path}`, style });
    await page.evaluate(`{
      const frame = document.createElement('iframe');
      for (const [name, value] of Object.entries(${attributes})) frame.setAttribute(name, value);
      document.body.append(frame);
    }`);
    return page.frameLocator('iframe');
  };
  const heard = () => page.evaluate<Heard[]>('window.heard');
  const post = (message: object) =>
    page.evaluate(`document.querySelector('iframe').contentWindow.postMessage(${JSON.stringify(message)}, '*')`);

  it('an allowed page shows the canvas, read-only, by a token that it posts', async () => {
    const { token, path } = await tokenFor({ workflowId, view: 'canvas' });
    const frame = await frameIn(friend, `${path}?theme=dark&accent=%23ff8800`);
    await frame.getByText('Nothing is shown yet.').waitFor();
    await eventually(async () => expect(await heard()).toContainEqual({ type: 'snowflow:ready' }));
    await post({ type: 'snowflow:token', token });
    await frame.getByText('REGION', { exact: false }).first().waitFor();
    expect(await frame.getByRole('button', { name: /Add node|Undo/ }).count()).toBe(0);
    expect(await frame.getByRole('navigation').count()).toBe(0);
    expect(await frame.locator('html').getAttribute('data-theme')).toBe('dark');
    await eventually(async () => expect(await heard()).toContainEqual({ type: 'snowflow:state', state: 'shown' }));
    await post({ type: 'snowflow:theme', theme: 'light' });
    await eventually(async () => expect(await frame.locator('html').getAttribute('data-theme')).toBe('light'));
    expect(await page.context().cookies()).toEqual([]);
  });

  it('a published workflow is run from its form, and the host is told what it answered', async () => {
    const { token, path } = await tokenFor({ slug: 'regions', view: 'run', origin: friend.origin });
    const frame = await frameIn(friend, `${path}#token=${token}`);
    await frame.getByLabel('most').fill('3');
    await frame.getByRole('button', { name: 'Run' }).click();
    await frame.getByText('AFRICA').waitFor();
    const result = await eventually(
      async () => (await heard()).find(({ type }) => type === 'snowflow:result') ?? false,
    );
    expect(result).toMatchObject({ value: { rowCount: 3 } });
    expect(page.frames().at(-1)?.url()).not.toContain(token);
  });

  it('the builder gives a call and a frame to copy, which as they are show the form to who is allowed', async () => {
    const { page: builder } = await openPage(browser);
    await signInFrom(builder, stack.gatewayUrl, 'demo');
    await builder.goto(`${stack.gatewayUrl}/workflows/${workflowId}`);
    await builder.getByRole('button', { name: 'Workflow menu' }).click();
    await builder.getByRole('menuitem', { name: /^Embed/ }).click();
    const dialog = builder.getByRole('dialog', { name: 'Embed' });
    await dialog.getByText(friend.origin).waitFor();
    await dialog.getByRole('radio', { name: 'Run form of the publication' }).check();
    for (const width of [1440, 768, 390]) {
      await builder.setViewportSize({ width, height: 900 });
      await builder.screenshot({ path: join(pictures, `embed-dialog-${width}.png`) });
      expect(await axeFaults(builder, '[role=dialog]')).toEqual([]);
    }
    const copied = (label: string) => dialog.getByRole('group', { name: label }).innerText();
    const body = { name: 'Host', days: 1, publications: [publicationId] };
    const { key } = (await api.call<{ key: string }>('POST', '/auth/api-keys', { body })).body;
    const env = { ...childEnv(), SNOWFLOW_API_KEY: key };
    const { stdout } = await run('sh', ['-c', await copied('Call for a token')], { env });
    const html = await copied('HTML of the frame');
    await builder.context().close();

    await page.route('**/my/embed-token', (route) => route.fulfill({ contentType: 'application/json', body: stdout }));
    await page.goto(friend.origin);
    await page.setContent(html);
    const frame = page.frameLocator('iframe[title="Regions to see"]');
    await frame.getByRole('button', { name: 'Run' }).click();
    await frame.getByText('AFRICA').waitFor();
  }, 60_000);

  it('a page that is not allowed gets no frame, and no other page of SnowFlow can be framed', async () => {
    const { token, path } = await tokenFor({ workflowId, view: 'canvas' });
    const refusals: string[] = [];
    page.on('console', (message) => refusals.push(message.text()));
    for (const [site, address] of [
      [stranger, `${path}#token=${token}`],
      [friend, '/login'],
    ] as const) {
      const before = refusals.length;
      await frameIn(site, address);
      await eventually(() => expect(refusals.slice(before).join()).toMatch(/frame-ancestors/));
      expect(await heard()).toEqual([]);
    }
  });

  it('a token that has expired says so, and is no session; a session is no token', async () => {
    const { token, path } = await tokenFor({ workflowId, view: 'canvas', ttlSeconds: 60 });
    const asSession = await fetch(`${stack.gatewayUrl}/api/v1/auth/me`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(asSession.status).toBe(401);
    const asToken = await api.call<{ code: string }>('GET', '/embed/workflow', {});
    expect(asToken).toMatchObject({ status: 401, body: { code: 'UNAUTHENTICATED' } });
    await page.clock.install();
    const frame = await frameIn(friend, `${path}#token=${token}`);
    await frame.getByText('REGION', { exact: false }).first().waitFor();
    await page.clock.fastForward(61_000);
    await frame.getByText('This view has expired.').waitFor();
    await eventually(async () => expect(await heard()).toContainEqual({ type: 'snowflow:state', state: 'expired' }));
  });

  it('on a phone people sign in, run, watch and read without scrolling sideways, and are told where to edit', async () => {
    const { page: phone } = await openPage(browser, { width: 390, height: 844 });
    await signInFrom(phone, stack.gatewayUrl, 'demo');
    for (const path of ['/workflows', '/runs', '/approvals', `/workflows/${workflowId}`]) {
      await phone.goto(`${stack.gatewayUrl}${path}`);
      await phone
        .getByRole(path.includes('wf_') ? 'main' : 'heading')
        .first()
        .waitFor();
      expect(await phone.evaluate<number>('document.documentElement.scrollWidth')).toBe(390);
    }
    await phone.getByText('Open on a wider screen to edit.').waitFor();
    await phone.getByRole('button', { name: /^Run/ }).first().waitFor();
    const manifest = await fetch(`${stack.gatewayUrl}/manifest.webmanifest`);
    expect(manifest.headers.get('content-type')).toContain('manifest+json');
    const { icons } = (await manifest.json()) as { icons: { src: string }[] };
    for (const { src } of icons) expect((await fetch(stack.gatewayUrl + src)).status).toBe(200);
    expect(await axeFaults(phone)).toEqual([]);
  });
});
