/** Keeps cookies by name, as one site's pages would. */
class CookieJar {
  private readonly values = new Map<string, string>();

  take(response: Response): void {
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';');
      const at = pair.indexOf('=');
      const value = pair.slice(at + 1);
      if (value === '') this.values.delete(pair.slice(0, at));
      else this.values.set(pair.slice(0, at), value);
    }
  }

  get header(): string {
    return [...this.values].map(([name, value]) => `${name}=${value}`).join('; ');
  }
}

/**
 * Goes from an authorization URL through the provider's login page, without a browser, and answers the address it leads back to: the
 * first that is not the provider's own. `password` undefined cancels.
 */
export async function signInAtProvider(authorizeUrl: string, name: string, password: string | undefined): Promise<URL> {
  const jar = new CookieJar();
  const home = new URL(authorizeUrl).origin;
  let url = new URL(authorizeUrl);
  let form: URLSearchParams | undefined;
  for (let hop = 0; hop < 12; hop++) {
    const response = await fetch(url, {
      method: form ? 'POST' : 'GET',
      redirect: 'manual',
      headers: {
        cookie: jar.header,
        ...(form ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
      },
      body: form?.toString(),
    });
    jar.take(response);
    const location = response.headers.get('location');
    if (location !== null) {
      url = new URL(location, url);
      form = undefined;
      if (url.origin !== home) return url;
      continue;
    }
    const page = await response.text();
    if (response.status !== 200 || form)
      throw new Error(`The provider answers ${response.status}: ${page.slice(0, 300)}`);
    form = new URLSearchParams(password === undefined ? { answer: 'deny' } : { name, password, answer: 'allow' });
  }
  throw new Error('The provider sends in circles');
}
