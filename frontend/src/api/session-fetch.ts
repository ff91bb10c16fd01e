type Send = (request: Request) => Promise<Response>;

/**
 * A fetch that renews the session once when an answer says it ended, then tries again.
 * Requests that meet the end together share one renewal: a refresh token may be used once.
 */
export function sessionFetch(send: Send, renew: () => Promise<boolean>, onEnded: () => void): Send {
  let renewal: Promise<boolean> | undefined;

  return async (request) => {
    const response = await send(request.clone());
    if (response.status !== 401) return response;
    renewal ??= renew().finally(() => (renewal = undefined));
    if (await renewal) {
      const second = await send(request);
      if (second.status !== 401) return second;
    }
    onEnded();
    return response;
  };
}
