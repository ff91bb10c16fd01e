type Send = (request: Request) => Promise<Response>;

/** 401 also says that Snowflake refused a secret which was given just now; the session itself goes on then. */
const OTHER_REFUSALS = new Set(['SNOWFLAKE_LOGIN_FAILED', 'OAUTH_FAILED']);

/**
 * A fetch that renews the session once when an answer says it ended, then tries again.
 * Requests that meet the end together share one renewal: a refresh token may be used once.
 */
export function sessionFetch(send: Send, renew: () => Promise<boolean>, onEnded: () => void): Send {
  let renewal: Promise<boolean> | undefined;

  return async (request) => {
    const response = await send(request.clone());
    if (!(await saysEnded(response))) return response;
    renewal ??= renew().finally(() => (renewal = undefined));
    if (await renewal) {
      const second = await send(request);
      if (!(await saysEnded(second))) return second;
    }
    onEnded();
    return response;
  };
}

async function saysEnded(response: Response): Promise<boolean> {
  if (response.status !== 401) return false;
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => undefined);
  const code = typeof body === 'object' && body !== null && 'code' in body ? body.code : undefined;
  return typeof code !== 'string' || !OTHER_REFUSALS.has(code);
}
