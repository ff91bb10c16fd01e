import { signInAtProvider } from '@snowflow/testing/oauth-provider/sign-in-at-provider';
import type { ApiClient } from './api-client';

/** Where the browser was led to in the end, and what it was given on the way. */
export interface CameBack {
  location: string;
  cookies: string[];
}

/** Begins at a provider as an API client with a browser would; answers the address and the browser's cookie. */
export async function startGrant(api: ApiClient, body: object): Promise<{ authorizeUrl: string; cookie: string }> {
  const response = await api.send('POST', '/credentials/oauth', { body });
  const text = await response.text();
  if (response.status !== 200) throw new Error(`start: ${response.status} ${text}`);
  const { authorizeUrl } = JSON.parse(text) as { authorizeUrl: string };
  const cookie = response.headers.getSetCookie().map((each) => each.split(';')[0]);
  return { authorizeUrl, cookie: cookie.join('; ') };
}

/** All the way: to the provider, through its page, and back. `password` undefined cancels there. */
export async function storeGrant(
  api: ApiClient,
  body: object,
  user: { name: string; password: string | undefined },
): Promise<CameBack> {
  const { authorizeUrl, cookie } = await startGrant(api, body);
  return comeBack(await signInAtProvider(authorizeUrl, user.name, user.password), cookie);
}

export async function comeBack(callback: URL, cookie: string): Promise<CameBack> {
  const response = await fetch(callback, { redirect: 'manual', headers: { cookie } });
  const given = response.headers.getSetCookie().filter((each) => !each.includes('Expires=Thu, 01 Jan 1970'));
  return { location: response.headers.get('location') ?? '', cookies: given };
}
