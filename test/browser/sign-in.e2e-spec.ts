import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '@snowflow/testing/free-port';
import { OauthProvider, startOauthProvider } from '@snowflow/testing/oauth-provider/oauth-provider';
import { eventually } from '@snowflow/testing/eventually';
import { startStack, Stack } from '@snowflow/testing/stack';
import type { Browser, Page } from 'playwright-core';
import { ApiClient, type Run } from '../support/api-client';
import { openBrowser, openPage } from '../support/browser';
import { openDirect } from '../support/direct-sql';
import { DocumentBuilder } from '../support/document-builder';
import { signInFrom } from '../support/page-session';
import { screenFaults } from '../support/screen-faults';
import { account, atProvider, signInByOauth, signInByPassword, workflows } from '../support/sign-in-page';
import { slowSelect } from '../support/slow-statement';

const pictures = join(__dirname, '..', '..', 'dist', 'pictures');
const CLIENT = { id: 'snowflow', secret: 'a secret of at least thirty-two characters' };
const PASSPHRASE = 'the pass phrase of a key';
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const PEM = privateKey
  .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: PASSPHRASE })
  .toString();
const SECRETS = [CLIENT.secret, PASSPHRASE, PEM.split('\n')[3] ?? '', 'not the password', '123456'];

describe('Signing in, in a browser', () => {
  let stack: Stack;
  let provider: OauthProvider;
  let browser: Browser;

  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    const port = await freePort();
    stack = await startStack({
      env: {
        WAREHOUSE_OAUTH_URL: `http://127.0.0.1:${port}`,
        WAREHOUSE_PUSH_TIMEOUT_SECONDS: '30',
        LIVE_CHECK_SECONDS: '0',
        THROTTLE_CONNECTS_PER_MINUTE: '1000',
      },
    });
    provider = await startOauthProvider({
      mode: 'snowflake',
      port,
      issuer: stack.warehouseUrl,
      clients: [{ ...CLIENT, redirectUris: [`${stack.gatewayUrl}/api/v1/auth/oauth/callback`] }],
      users: [
        { name: 'ANALYST', password: 'analyst' },
        { name: 'DEMO', password: 'demo' },
      ],
    });
    const admin = await openDirect(stack.warehouseUrl);
    const key = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
    for (const sql of [
      'USE ROLE ACCOUNTADMIN',
      `CREATE USER keyed DEFAULT_ROLE = ANALYST RSA_PUBLIC_KEY = '${key}'`,
      'GRANT ROLE ANALYST TO USER keyed',
    ]) {
      await admin.run(sql);
    }
    await admin.close();
    browser = await openBrowser();
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await provider?.stop();
    await stack?.stop();
  }, 60_000);

  /** Every address that the browser showed or asked for. */
  const open = async (path: string) => {
    const { page, complaints } = await openPage(browser);
    const addresses: string[] = [];
    page.on('request', (request) => addresses.push(request.url()));
    await page.goto(stack.gatewayUrl + path);
    return { page, complaints, addresses };
  };
  const stored = (page: Page) =>
    // A string, because the test itself has no browser's types.
    page.evaluate<string>('JSON.stringify({ local: { ...localStorage }, session: { ...sessionStorage } })');
  const expectNoSecret = async (page: Page, addresses: string[]) => {
    const seen = `${addresses.map((address) => decodeURIComponent(address)).join('\n')}\n${await stored(page)}`;
    expect(SECRETS.filter((secret) => seen.includes(secret))).toEqual([]);
  };
  /** Renames the open workflow while no save gets through. */
  const editUnsaved = async (page: Page, to: string) => {
    await page.route('**/api/v1/workflows/save', (route) => route.abort());
    const name = page.getByRole('textbox', { name: 'Workflow name' });
    await name.fill(to);
    await name.press('Enter');
    await page.getByRole('status').filter({ hasText: 'kept here' }).waitFor();
  };
  /** As from another device. */
  const endSessionsOf = async (name: string) => {
    const other = new ApiClient(stack.gatewayUrl);
    await other.connect(name);
    expect((await other.call('DELETE', '/auth/sessions')).status).toBe(200);
  };

  it('sets single sign-on up by what only an account administrator can know, and opens it at once', async () => {
    const { page, complaints, addresses } = await open('/setup?account=demo');
    await page.getByText('CREATE SECURITY INTEGRATION SNOWFLOW').waitFor();
    const redirect = `${stack.gatewayUrl}/api/v1/auth/oauth/callback`;
    expect(await page.getByLabel('Statements to run').innerText()).toContain(`OAUTH_REDIRECT_URI = '${redirect}'`);
    await page.getByRole('textbox', { name: 'Client ID' }).fill(CLIENT.id);
    await page.getByRole('textbox', { name: /^Client secret/ }).fill(CLIENT.secret);
    // The provider's own page has no icon, and the console says so.
    expect(complaints).toEqual([]);
    await page.getByRole('button', { name: /^Try it/ }).click();
    await atProvider(page, 'DEMO', 'demo');
    await workflows(page);
    await expectNoSecret(page, addresses);
    await page.context().close();
  }, 60_000);

  it('signs in by OAuth through real redirects, to the page that was asked for', async () => {
    const { page, addresses } = await open('/workflows?search=orders');
    await account(page).fill('demo');
    await page.getByRole('tab', { name: 'Single sign-on' }).click();
    await page.getByRole('button', { name: 'Continue with Snowflake' }).click();
    await atProvider(page, 'ANALYST', 'analyst', 'Cancel');
    await page.getByRole('alert').getByText('The sign-in was refused at the provider.').waitFor();
    expect(await account(page).inputValue()).toBe('demo');
    await page.waitForURL((url) => !url.searchParams.has('error') && !url.searchParams.has('account'));
    await page.getByRole('button', { name: 'Continue with Snowflake' }).click();
    await atProvider(page, 'ANALYST', 'analyst');
    await workflows(page);
    expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe('/workflows?search=orders');
    await expectNoSecret(page, addresses);
    await page.context().close();
  }, 60_000);

  it('keeps what was typed after a wrong password, and goes to the field', async () => {
    const { page, addresses } = await open('/login');
    await account(page).fill('https://demo.snowflakecomputing.com/console');
    const tabs = page.getByRole('tablist', { name: 'Sign-in method' });
    await tabs.getByRole('tab', { name: 'Password' }).focus();
    await page.keyboard.press('ArrowLeft');
    await page.getByLabel('Programmatic access token').waitFor();
    await page.keyboard.press('ArrowRight');
    await page.getByRole('textbox', { name: 'User name' }).fill('analyst');
    const password = page.getByRole('textbox', { name: 'Password', exact: true });
    await password.fill('not the password');
    await password.press('Enter');
    await page.getByRole('alert').getByText('Snowflake does not know this user name and password.').waitFor();
    expect(await password.evaluate(isFocused)).toBe(true);
    expect([
      await account(page).inputValue(),
      await page.getByRole('textbox', { name: 'User name' }).inputValue(),
      await password.inputValue(),
    ]).toEqual(['demo', 'analyst', 'not the password']);
    await expectNoSecret(page, addresses);
    await page.context().close();
  }, 60_000);

  it('offers a push where a second factor is needed, waits for it, and can stop waiting', async () => {
    const { page, addresses } = await open('/login');
    await signInByPassword(page, 'mfa');
    const push = page.getByRole('button', { name: 'Send a push to my device' });
    await push.waitFor();
    await push.click();
    await page.getByText('Approve the request on your device.').waitFor();
    await page.getByText(/^[1-9]\d* s$/).waitFor();
    await page.getByRole('button', { name: 'Cancel', exact: true }).click();
    await page.getByText('You stopped waiting.').waitFor();
    expect(await page.getByRole('textbox', { name: 'Password', exact: true }).inputValue()).toBe('mfa');

    await push.click();
    await page.getByText('Approve the request on your device.').waitFor();
    do await fetch(`${stack.warehouseUrl}/demo/mfa/demo/mfa/approve`, { method: 'POST' });
    while (!(await isAnswered(page)));
    await workflows(page);
    // The attempt that was given up has no session, although its request was approved too.
    const sessions = await page.evaluate<unknown[]>(
      "fetch('/api/v1/auth/sessions').then((answer) => answer.json()).then(({ items }) => items)",
    );
    expect(sessions).toHaveLength(1);
    await expectNoSecret(page, addresses);
    await page.context().close();
  }, 90_000);

  it('signs in by a key from a file, and asks for its passphrase where it is encrypted', async () => {
    const { page, addresses } = await open('/login');
    await account(page).fill('demo');
    await page.getByRole('tab', { name: 'Key pair' }).click();
    await page.getByRole('textbox', { name: 'User name' }).fill('keyed');
    await page
      .getByLabel('choose a file')
      .setInputFiles({ name: 'rsa_key.p8', mimeType: 'application/x-pem-file', buffer: Buffer.from(PEM) });
    await page.getByText('rsa_key.p8').waitFor();
    await page.getByRole('button', { name: 'Connect', exact: true }).click();
    await page.getByText('The private key is encrypted. Give its passphrase.').waitFor();
    const passphrase = page.getByLabel('Passphrase');
    expect(await passphrase.evaluate(isFocused)).toBe(true);
    await page.keyboard.type(PASSPHRASE);
    await page.keyboard.press('Enter');
    await workflows(page);
    await expectNoSecret(page, addresses);
    await page.context().close();
  }, 60_000);

  it('tests the connection part by part', async () => {
    const { page } = await open('/login');
    await account(page).fill('demo');
    await page.getByRole('button', { name: 'Test the connection' }).click();
    const parts = page.getByRole('status').getByRole('listitem');
    await parts.first().waitFor();
    expect((await parts.allInnerTexts()).map((text) => text.split('\n')[0])).toEqual([
      expect.stringContaining('Host name reachable'),
      expect.stringContaining('Login reachable'),
      expect.stringContaining('OAuth reachable'),
      expect.stringContaining('REST API'),
      expect.stringContaining('Result hosts'),
    ]);
    await page.context().close();
  }, 60_000);

  it('goes on with the same draft after a session by OAuth has ended', async () => {
    const { page } = await open('/login');
    await signInByOauth(page, 'ANALYST', 'ANALYST');
    await workflows(page);
    await page
      .getByRole('button', { name: /New workflow/ })
      .first()
      .click();
    const name = page.getByRole('textbox', { name: 'Workflow name' });
    await name.waitFor();
    const address = page.url();
    await editUnsaved(page, 'Not yet saved');
    await endSessionsOf('analyst');
    await page.unrouteAll();
    const dialog = page.getByRole('dialog', { name: 'Your Snowflake session ended.' });
    await dialog.getByRole('button', { name: 'Continue with Snowflake' }).click();
    // The provider still knows the person, so it sends the browser back at once.
    await dialog.waitFor({ state: 'detached' });
    await name.waitFor();
    expect(page.url()).toBe(address);
    expect(await name.inputValue()).toBe('Not yet saved');
    await page.context().close();
  }, 60_000);

  it("does not hand one person's draft to another who signs in", async () => {
    const { page } = await open('/login');
    await signInByPassword(page, 'analyst');
    await workflows(page);
    await page
      .getByRole('button', { name: /New workflow/ })
      .first()
      .click();
    const name = page.getByRole('textbox', { name: 'Workflow name' });
    await name.waitFor();
    await editUnsaved(page, 'Of the analyst');
    await endSessionsOf('analyst');
    await page.unrouteAll();
    const dialog = page.getByRole('dialog', { name: 'Your Snowflake session ended.' });
    await dialog.waitFor();
    const saves: string[] = [];
    page.on('request', (request) => {
      if (request.url().endsWith('/workflows/save')) saves.push(request.postData() ?? '');
    });
    await signInByPassword(page, 'demo');
    const notice = page.getByRole('dialog', { name: 'You are signed in as DEMO.' });
    await notice.getByText(/open as ANALYST on demo/).waitFor();
    await notice.getByRole('button', { name: 'Go to workflows' }).click();
    await workflows(page);
    expect(new URL(page.url()).pathname).toBe('/workflows');
    expect(saves).toEqual([]);
    expect(await stored(page)).toContain('Of the analyst');
    await page.context().close();
  }, 60_000);

  it('takes another role under OAuth by another sign-in, and comes back', async () => {
    const { page } = await open('/login');
    await signInByOauth(page, 'DEMO', 'ANALYST');
    await workflows(page);
    await page
      .getByRole('button', { name: /New workflow/ })
      .first()
      .click();
    await page.getByRole('button', { name: /^Role and warehouse: ANALYST/ }).click();
    await page.getByRole('menuitemradio', { name: 'SYSADMIN' }).click();
    const dialog = page.getByRole('dialog', { name: 'SYSADMIN needs another sign-in.' });
    await dialog.waitFor();
    const address = page.url();
    await dialog.getByRole('button', { name: 'Sign in as SYSADMIN' }).click();
    await page.getByRole('button', { name: /^Role and warehouse: SYSADMIN/ }).waitFor();
    expect(page.url()).toBe(address);
    await page.context().close();
  }, 60_000);

  it('says that Snowflake took the role away, and goes on with another', async () => {
    const admin = await openDirect(stack.warehouseUrl);
    for (const sql of [
      'USE ROLE ACCOUNTADMIN',
      `CREATE USER mover PASSWORD = 'mover' DEFAULT_ROLE = SYSADMIN`,
      'GRANT ROLE SYSADMIN TO USER mover',
      'GRANT ROLE ANALYST TO USER mover',
    ]) {
      await admin.run(sql);
    }
    const { page } = await open('/login');
    await signInByPassword(page, 'mover');
    await workflows(page);
    await admin.run('REVOKE ROLE SYSADMIN FROM USER mover');
    await admin.close();
    await page.reload();
    const dialog = page.getByRole('dialog', { name: 'Snowflake no longer grants SYSADMIN to you.' });
    await dialog.getByRole('combobox', { name: 'Role' }).selectOption('ANALYST');
    await dialog.getByRole('button', { name: 'Use role' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('complementary', { name: 'Sidebar' }).getByText('ANALYST').waitFor();
    await page.context().close();
  }, 60_000);

  it('asks before it signs out under a run that goes on, and cancels it where that is wanted', async () => {
    const api = new ApiClient(stack.gatewayUrl);
    await api.connect('analyst');
    const definition = new DocumentBuilder('Slow')
      .node('slow', 'source.sql', { sql: slowSelect(60) })
      .node('result', 'output.result', { name: 'Slow', view: 'table' }, 'slow')
      .build();
    const saved = await api.call<{ id: string }>('POST', '/workflows/save', { body: { definition } });
    const { page } = await openPage(browser);
    await signInFrom(page, stack.gatewayUrl, 'analyst');
    await page.goto(`${stack.gatewayUrl}/workflows/${saved.body.id}`);
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByRole('group', { name: /^slow,.*running/ }).waitFor();
    const runId = new URL(page.url()).searchParams.get('run') ?? '';
    await page.getByRole('button', { name: /^Account menu/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    const dialog = page.getByRole('dialog', { name: 'Sign out while runs are going?' });
    await dialog.getByText(/^One of your runs goes on/).waitFor();
    await dialog.getByRole('button', { name: 'Cancel my runs' }).click();
    await page.getByRole('heading', { name: 'Connect to Snowflake' }).waitFor();
    await eventually(async () => expect((await api.call<Run>('GET', `/runs/${runId}`)).body.status).toBe('cancelled'));
    await page.context().close();
  }, 60_000);

  it('has no accessibility violation, in both themes, at 1440 and 390', async () => {
    const { page } = await openPage(browser);
    const found: string[] = [];
    const inspect = async (screen: string) =>
      found.push(...(await screenFaults(page, screen, (look) => join(pictures, `${screen}-${look}.png`))));
    await page.goto(`${stack.gatewayUrl}/setup?account=demo`);
    await page.getByText('CREATE SECURITY INTEGRATION SNOWFLOW').waitFor();
    await inspect('setup');
    const remembered = JSON.stringify([{ account: 'acme-eu01', username: 'ADA', method: 'key-pair' }]);
    await page.evaluate(`localStorage.setItem('snowflow:accounts', ${JSON.stringify(remembered)})`);
    await page.goto(`${stack.gatewayUrl}/login`);
    await page.getByText('Signed in before').waitFor();
    await inspect('login-remembered');
    await account(page).fill('demo');
    await page.getByRole('button', { name: 'Test the connection' }).click();
    await page.getByText('Result hosts').waitFor();
    await page.getByRole('tab', { name: 'Single sign-on' }).click();
    await inspect('login-single-sign-on');
    await page.getByRole('tab', { name: 'Key pair' }).click();
    await inspect('login-key-pair');
    await signInByPassword(page, 'nobody');
    await page.getByRole('alert').waitFor();
    await inspect('login-refused');
    expect(found).toEqual([]);
    await page.context().close();
  }, 120_000);
});

function isFocused(element: { matches(selector: string): boolean }): boolean {
  return element.matches(':focus');
}

/** Whether the wait is over; the request may not have reached Snowflake yet when it was approved. */
async function isAnswered(page: Page): Promise<boolean> {
  const waiting = page.getByText('Approve the request on your device.');
  return waiting.waitFor({ state: 'detached', timeout: 500 }).then(
    () => true,
    () => false,
  );
}
