import type { Page } from 'playwright-core';

/** Asks the API from the page itself, so that the cookies are the browser's. Throws with the answer where it refuses. */
export async function postFrom(page: Page, path: string, body: object): Promise<{ id: string }> {
  const { status, text } = await page.evaluate(
    async ([to, sent]) => {
      const headers = { 'content-type': 'application/json' };
      const reply = await fetch(to, { method: 'POST', headers, body: sent });
      return { status: reply.status, text: await reply.text() };
    },
    [`/api/v1${path}`, JSON.stringify(body)] as const,
  );
  if (status !== 200 && status !== 201) throw new Error(`${path}: ${status} ${text}`);
  return JSON.parse(text) as { id: string };
}

/** Signs a user of the demo account in without the form; passwords there are the names. `more`: where to start, such as a database. */
export async function signInFrom(page: Page, gatewayUrl: string, username = 'demo', more: object = {}): Promise<void> {
  await page.goto(`${gatewayUrl}/login`);
  await postFrom(page, '/auth/connect', {
    account: 'demo',
    authenticator: 'password',
    username,
    password: username,
    ...more,
  });
}
