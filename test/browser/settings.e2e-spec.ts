import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '@snowflow/testing/free-port';
import { OauthProvider, startOauthProvider } from '@snowflow/testing/oauth-provider/oauth-provider';
import { startStack, Stack } from '@snowflow/testing/stack';
import type { Browser, Page } from 'playwright-core';
import { ApiClient } from '../support/api-client';
import { openBrowser, openPage } from '../support/browser';
import { signInFrom } from '../support/page-session';
import { directSql, openDirect } from '../support/direct-sql';
import { everythingKept } from '../support/everything-kept';
import { screenFaults } from '../support/screen-faults';
import { atProvider } from '../support/sign-in-page';

const CLIENT = { id: 'snowflow-client', secret: 'a secret of at least thirty-two characters' };
const pictures = join(__dirname, '..', '..', 'dist', 'pictures');

describe('The settings in a browser', () => {
  let stack: Stack;
  let provider: OauthProvider;
  let browser: Browser;

  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    const port = await freePort();
    stack = await startStack({
      env: { WAREHOUSE_OAUTH_URL: `http://127.0.0.1:${port}`, THROTTLE_CONNECTS_PER_MINUTE: '1000' },
    });
    provider = await startOauthProvider({
      mode: 'snowflake',
      port,
      issuer: stack.warehouseUrl,
      clients: [{ ...CLIENT, redirectUris: [`${stack.gatewayUrl}/api/v1/auth/oauth/callback`] }],
      users: [{ name: 'DEMO', password: 'demo' }],
    });
    browser = await openBrowser();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await provider?.stop();
    await stack?.stop();
  });

  /** Signs in from the page itself, so that its cookies are the browser's, and opens a page of the settings. */
  const openSettings = async (username: string, path: string) => {
    const opened = await openPage(browser);
    await signInFrom(opened.page, stack.gatewayUrl, username);
    await goTo(opened.page, path);
    return opened;
  };
  const goTo = async (page: Page, path: string) => {
    await page.goto(`${stack.gatewayUrl}/settings/${path}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
  };
  /** A stored credential that a workflow asks to use. */
  const storeBound = async (api: ApiClient, name: string) => {
    const sql = `ALTER USER demo ADD PROGRAMMATIC ACCESS TOKEN "${name}"`;
    const secret = (await directSql(stack.warehouseUrl, sql))[0]?.[1];
    const stored = await api.call<{ id: string }>('POST', '/credentials', { body: { name, kind: 'pat', secret } });
    const body = { workflowId: 'wf_1', revisionHash: 'a'.repeat(64), role: 'ANALYST', warehouse: 'DEMO_WH' };
    const proposed = await api.call('POST', `/credentials/${stored.body.id}/bindings`, { body });
    expect(proposed.status).toBe(201);
    return stored.body.id;
  };
  const rowOf = (page: Page, title: string) =>
    page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: title, exact: true }) });

  it("lists one's sessions and ends another one for good", async () => {
    const other = new ApiClient(stack.gatewayUrl);
    await other.connect('demo');
    const { page, complaints } = await openSettings('demo', '');
    const current = page.getByRole('listitem').filter({ hasText: 'This one' });
    await current.waitFor();
    const program = rowOf(page, 'API client');
    await program.getByText('Password').waitFor();
    expect((await other.call('GET', '/auth/me')).status).toBe(200);
    await program.getByRole('button', { name: /^End session on API client/ }).click();
    const dialog = page.getByRole('dialog', { name: /^End the session on API client/ });
    expect(await dialog.locator(':focus').innerText()).toBe('Keep session');
    const ended = page.waitForResponse((response) => response.request().method() === 'DELETE');
    await dialog.getByRole('button', { name: 'End session' }).click();
    expect((await ended).status()).toBe(204);
    // Behind an open dialog no role is found, so only then is the row really gone.
    await dialog.waitFor({ state: 'detached' });
    await program.waitFor({ state: 'detached' });
    expect((await other.call('GET', '/auth/me')).status).toBe(401);
    await current.waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 60_000);

  it('signs out everywhere, here too', async () => {
    const other = new ApiClient(stack.gatewayUrl);
    await other.connect('analyst');
    const { page } = await openSettings('analyst', 'sessions');
    await page.getByRole('button', { name: 'Sign out everywhere' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Sign out everywhere' }).click();
    await page.waitForURL('**/login*');
    expect((await other.call('GET', '/auth/me')).status).toBe(401);
    await page.context().close();
  }, 60_000);

  it('shows a new API key once, and never again', async () => {
    const { page, complaints } = await openSettings('demo', 'api-keys');
    await page.getByText('A key calls published workflows, and does nothing else.').waitFor();
    // By the keyboard alone: the dialog takes the focus, Enter sends.
    await page.getByRole('button', { name: 'New API key' }).press('Enter');
    await page.getByLabel('Name').press('Enter');
    await page.getByText('Give the key a name.').waitFor();
    await page.keyboard.type('nightly-export');
    await page.getByLabel('Expires after').selectOption('30');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    const key = (await page.getByRole('group', { name: 'API key' }).innerText()).trim();
    expect(key).toMatch(/^\S{40,}$/);
    await page.getByRole('button', { name: 'I have copied it' }).click();
    const row = rowOf(page, 'nightly-export');
    await row.waitFor();
    expect(await everythingKept(page)).not.toContain(key);
    await page.reload();
    await row.waitFor();
    expect(await everythingKept(page)).not.toContain(key);
    expect(key.startsWith((await row.locator('.mono').first().innerText()).trim())).toBe(true);
    await row.getByRole('button', { name: 'Revoke key nightly-export' }).click();
    await page
      .getByRole('dialog', { name: 'Revoke the key nightly-export?' })
      .getByRole('button', { name: 'Revoke key' })
      .click();
    await page.getByText('No API keys.').waitFor();
    await page.locator('main:focus').waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 60_000);

  it('stores a credential whose secret is nowhere afterwards, refuses a wrong one, replaces and deletes it', async () => {
    const tokenOf = async (name: string) =>
      (await directSql(stack.warehouseUrl, `ALTER USER demo ADD PROGRAMMATIC ACCESS TOKEN ${name}`))[0]?.[1] as string;
    const [first, second] = [await tokenOf('first'), await tokenOf('second')];
    const { page, complaints } = await openSettings('demo', 'credentials');
    await page.getByRole('button', { name: 'Store credential' }).click();
    const dialog = page.getByRole('dialog', { name: 'Store a credential' });
    await dialog.getByLabel('Name').fill('Nightly');
    await dialog.getByLabel('Kind').selectOption('pat');
    await dialog.getByLabel('Token').fill('nonsense');
    await dialog.getByRole('button', { name: 'Store credential' }).click();
    await dialog.getByRole('alert').filter({ hasText: 'The credential was not stored.' }).waitFor();
    await dialog.getByLabel('Token').fill(first);
    await dialog.getByRole('button', { name: 'Store credential' }).click();
    const row = rowOf(page, 'Nightly');
    await row.getByText('Programmatic access token').waitFor();
    expect(await everythingKept(page)).not.toContain(first);

    await row.getByRole('button', { name: 'Replace secret of Nightly' }).click();
    const replace = page.getByRole('dialog', { name: 'Replace the secret of Nightly' });
    await replace.getByLabel('Token').fill(second);
    await replace.getByRole('button', { name: 'Replace secret' }).click();
    await replace.waitFor({ state: 'detached' });
    await page.reload();
    await row.waitFor();
    const kept = await everythingKept(page);
    expect(kept).not.toContain(first);
    expect(kept).not.toContain(second);

    await row.getByRole('button', { name: 'Delete credential Nightly' }).click();
    await page
      .getByRole('dialog', { name: 'Delete the credential Nightly?' })
      .getByRole('button', { name: 'Delete credential' })
      .click();
    await page.getByText('No stored credentials.').waitFor();
    // The wrong token was answered by a refusal, which the console tells.
    expect(complaints.filter((text) => !/status of 4/.test(text))).toEqual([]);
    await page.context().close();
  }, 60_000);

  it('stores an encrypted key from its file', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const shown = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
    await directSql(stack.warehouseUrl, `ALTER USER demo SET RSA_PUBLIC_KEY = '${shown}'`);
    const sealed = { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'two words' } as const;
    const pem = privateKey.export(sealed).toString();
    const { page, complaints } = await openSettings('demo', 'credentials');
    await page.getByRole('button', { name: 'Store credential' }).click();
    const dialog = page.getByRole('dialog', { name: 'Store a credential' });
    await dialog.getByLabel('Name').fill('Keyed');
    const file = dialog.locator('input[type=file]');
    await file.setInputFiles({ name: 'key.p8', mimeType: 'text/plain', buffer: Buffer.alloc(30_000, 'x') });
    await dialog.getByText('key.p8 is too large for a private key.').waitFor();
    await file.setInputFiles({ name: 'key.p8', mimeType: 'text/plain', buffer: Buffer.from(pem) });
    await dialog.getByLabel('Passphrase').fill('two words');
    await dialog.getByRole('button', { name: 'Store credential' }).click();
    await rowOf(page, 'Keyed').getByText('Key pair').waitFor();
    const kept = await everythingKept(page);
    for (const secret of [pem.split('\n')[3] ?? '', 'two words']) expect(kept).not.toContain(secret);
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 60_000);

  it('approves and removes what asks to use a credential', async () => {
    const api = new ApiClient(stack.gatewayUrl);
    await api.connect('demo');
    const id = await storeBound(api, 'Bound');
    const { page, complaints } = await openSettings('demo', 'credentials');
    const uses = page.getByRole('list', { name: 'Uses of Bound' });
    await uses.getByText('Waits for approval').waitFor();
    await uses.getByRole('button', { name: /^Approve use/ }).click();
    await uses.getByText('Approved').waitFor();
    await uses.getByRole('button', { name: /^Remove use/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove use' }).click();
    await uses.getByText('Removed').waitFor();
    await api.call('DELETE', `/credentials/${id}`);
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 60_000);

  it('invites a member, gives another role and removes them', async () => {
    const { page, complaints } = await openSettings('demo', 'members');
    await rowOf(page, 'DEMO').getByText('Holds an owner role in Snowflake').waitFor();
    await page.getByRole('button', { name: 'Invite member' }).click();
    const invite = page.getByRole('dialog', { name: 'Invite a member' });
    await invite.getByLabel('Snowflake user name').fill('newcomer');
    await invite.getByLabel('Role here').selectOption('viewer');
    await invite.getByRole('button', { name: 'Invite member' }).click();
    const row = rowOf(page, 'NEWCOMER');
    await row.getByText('Viewer', { exact: true }).waitFor();
    await row.getByRole('button', { name: 'Change role of NEWCOMER' }).click();
    const change = page.getByRole('dialog', { name: 'Change the role of NEWCOMER' });
    await change.getByLabel('Role here').selectOption('admin');
    await change.getByRole('button', { name: 'Change role' }).click();
    await row.getByText('Admin', { exact: true }).waitFor();
    await row.getByRole('button', { name: 'Remove member NEWCOMER' }).click();
    await page.getByRole('dialog', { name: 'Remove NEWCOMER?' }).getByRole('button', { name: 'Remove member' }).click();
    await row.getByText('Removed').waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 60_000);

  it('keeps a changed setting, refuses one that would lock out, and shows the statements for OAuth', async () => {
    const { page, complaints } = await openSettings('demo', 'sign-in');
    const idle = page.getByLabel('Sessions end when idle for');
    await idle.fill('45.5');
    await page.getByRole('checkbox', { name: 'OAuth access token' }).uncheck();
    await page.getByRole('button', { name: 'Save settings' }).click();
    await page.getByText('Settings saved').waitFor();
    await page.reload();
    await idle.waitFor();
    expect(await idle.inputValue()).toBe('45.5');
    expect(await page.getByRole('checkbox', { name: 'OAuth access token' }).isChecked()).toBe(false);

    await page.getByRole('checkbox', { name: 'Password' }).uncheck();
    await page.getByRole('button', { name: 'Save settings' }).click();
    await page.getByRole('alert').filter({ hasText: 'You are signed in by password' }).waitFor();
    await page.getByRole('button', { name: 'Discard changes' }).click();
    expect(await page.getByRole('checkbox', { name: 'Password' }).isChecked()).toBe(true);

    const sql = await page.getByRole('group', { name: 'Statements for Snowflake' }).innerText();
    expect(sql).toContain('CREATE SECURITY INTEGRATION SNOWFLOW');
    expect(sql).toContain(`${stack.gatewayUrl}/api/v1/auth/oauth/callback`);

    await page.getByRole('button', { name: 'Set up client of Snowflake OAuth' }).click();
    const dialog = page.getByRole('dialog', { name: 'Set up client' });
    await dialog.getByLabel('Client id').fill(CLIENT.id);
    await dialog.getByLabel('Client secret').fill(CLIENT.secret);
    await dialog.getByRole('button', { name: 'Save client' }).click();
    const row = rowOf(page, 'Snowflake OAuth');
    await row.getByText('Not tested').waitFor();
    await page.reload();
    await row.getByText(CLIENT.id).waitFor();
    expect(await everythingKept(page)).not.toContain(CLIENT.secret);

    await row.getByRole('button', { name: 'Test sign-in by Snowflake OAuth' }).click();
    await page.getByRole('dialog').getByRole('link', { name: 'Sign in to test' }).click();
    await atProvider(page, 'DEMO', 'demo');
    await row.getByText('Works').waitFor();
    expect(new URL(page.url()).pathname).toBe('/admin/settings');
    await row.getByRole('button', { name: 'Remove client of Snowflake OAuth' }).click();
    const removal = page.getByRole('dialog', { name: `Remove the client ${CLIENT.id}?` });
    await removal.getByRole('button', { name: 'Remove client' }).click();
    await removal.getByRole('alert').filter({ hasText: 'You are signed in through this client.' }).waitFor();
    expect(complaints.filter((text) => !/status of 4/.test(text))).toEqual([]);
    await page.context().close();
  }, 60_000);

  it('stores an OAuth grant by way of the provider, says why where it was cancelled, and replaces it', async () => {
    const owner = new ApiClient(stack.gatewayUrl);
    await owner.connect('demo');
    const body = { clientId: CLIENT.id, clientSecret: CLIENT.secret };
    await owner.call('PUT', '/admin/oauth-clients/snowflake', { body });
    const { page, complaints } = await openSettings('demo', 'credentials');
    const fill = async () => {
      await page.getByRole('button', { name: 'Store credential' }).click();
      const dialog = page.getByRole('dialog', { name: 'Store a credential' });
      await dialog.getByLabel('Name').fill('Granted');
      await dialog.getByLabel('Kind').selectOption('Snowflake OAuth');
      await dialog.getByLabel('Role').selectOption('ANALYST');
    };
    const next = page.getByRole('button', { name: 'Continue with Snowflake' });
    await fill();
    expect(await screenFaults(page, 'store-grant')).toEqual([]);
    await next.click();
    await atProvider(page, 'DEMO', 'demo', 'Cancel');
    await page.getByRole('alert').filter({ hasText: 'The sign-in was refused at the provider.' }).waitFor();
    expect(new URL(page.url()).search).toBe('');

    await fill();
    await next.click();
    await atProvider(page, 'DEMO', 'demo');
    await page.getByText('Credential stored').waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
    const row = rowOf(page, 'Granted');
    await row.getByText('Snowflake OAuth').waitFor();
    await row.getByText('ANALYST').waitFor();

    await row.getByRole('button', { name: 'Replace secret of Granted' }).click();
    const replace = page.getByRole('dialog', { name: 'Replace the secret of Granted' });
    // The provider knows the person by now, and sends them straight back.
    await replace.getByRole('button', { name: 'Continue with Snowflake' }).click();
    await replace.waitFor({ state: 'detached' });
    await page.getByText('Credential stored').waitFor();
    expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe('/settings/credentials');
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 60_000);

  it('keeps the pages of the tenant from others, and makes an owner of who proves it', async () => {
    const { page, complaints } = await openSettings('analyst', 'sign-in');
    await page.getByText('Only owners and admins see the Control Tower.').waitFor();
    const nav = page.getByRole('navigation', { name: 'Settings' });
    expect(await page.getByRole('link', { name: 'Control Tower', exact: true }).count()).toBe(0);
    const faults = await screenFaults(page, 'forbidden');
    await page.getByRole('link', { name: 'Prove ownership' }).click();
    await page.getByRole('button', { name: 'Show the statements' }).click();
    const statements = page.getByRole('group', { name: 'Statements of the proof' });
    await page.getByRole('button', { name: 'Verify ownership' }).click();
    await page.getByRole('alert').filter({ hasText: 'Ownership is not proved.' }).waitFor();
    const admin = await openDirect(stack.warehouseUrl);
    for (const statement of (await statements.innerText()).split(';').filter((each) => each.trim() !== '')) {
      await admin.run(statement);
    }
    await admin.close();
    await page.getByRole('button', { name: 'Verify ownership' }).click();
    await page.getByText('You own this tenant.').waitFor();
    await nav.getByRole('link', { name: 'Webhooks' }).waitFor();
    faults.push(...(await screenFaults(page, 'proved')));
    expect(faults).toEqual([]);
    expect(complaints.filter((text) => !/status of 4/.test(text))).toEqual([]);
    await page.context().close();
  }, 60_000);

  it('has no accessibility violation on any page, in both themes, at 1440 and 390', async () => {
    const api = new ApiClient(stack.gatewayUrl);
    await api.connect('demo');
    await api.call('POST', '/auth/api-keys', { body: { name: 'Seen key', days: 3 } });
    await storeBound(api, 'Seen');
    const { page } = await openSettings('demo', 'sessions');
    const faults: string[] = [];
    const inspect = async (screen: string) =>
      faults.push(...(await screenFaults(page, screen, (look) => join(pictures, `settings-${screen}-${look}.png`))));
    /** By its path, what each page shows once it has read everything. */
    const pages = {
      sessions: [page.getByText('This one')],
      'api-keys': [rowOf(page, 'Seen key')],
      members: [rowOf(page, 'DEMO')],
      'sign-in': [
        page.getByLabel('Sessions end when idle for'),
        rowOf(page, 'Snowflake OAuth'),
        page.getByRole('group', { name: 'Statements for Snowflake' }),
      ],
      webhooks: [page.getByRole('button', { name: 'Show key in use' })],
      ownership: [page.getByRole('button', { name: 'Show the statements' })],
      credentials: [page.getByRole('list', { name: 'Uses of Seen' }).getByText('Waits for approval')],
    };
    for (const [path, shown] of Object.entries(pages)) {
      await goTo(page, path);
      for (const part of shown) await part.waitFor();
      await inspect(path);
    }
    await page.getByRole('button', { name: 'Store credential' }).click();
    await inspect('store-credential');
    expect(faults).toEqual([]);
    await page.context().close();
  }, 120_000);
});
