import createClient from 'openapi-fetch';
import { ApiError, UnreachableError, type ProblemBody } from './api-error';
import type { paths } from './generated/schema';
import { queryClient } from './query-client';
import { renewOnce } from './renew-once';
import { renewPatiently } from './renew-patiently';
import { sessionEnded } from './session-ended';
import { sessionFetch } from './session-fetch';
import { newTraceparent } from './traceparent';

const send = (request: Request) => {
  request.headers.set('traceparent', newTraceparent());
  return fetch(request);
};

const renew = () =>
  renewPatiently(
    async () => {
      const { data, response } = await signInClient.POST('/api/v1/auth/refresh', { body: {} });
      if (data?.session.roleRevoked) void queryClient.invalidateQueries({ queryKey: ['me'] });
      return response;
    },
    (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1_000)),
  );

/** Looked up when it is used: in a frame of another site's page the browser may refuse to name it at all. */
const storage = {
  getItem: (key: string) => localStorage.getItem(key),
  setItem: (key: string, value: string) => localStorage.setItem(key, value),
};

/** Fetch with the session's renewal; JSON, event streams and downloads go through it. */
export const authenticatedFetch = sessionFetch(
  send,
  renewOnce(renew, { locks: navigator.locks, storage, now: Date.now }),
  () => sessionEnded.announce(),
);

/** The API as the signed-in person, typed by its OpenAPI document. */
export const client = createClient<paths>({ fetch: authenticatedFetch });

/** For signing in and renewing, which must not try to renew. */
export const signInClient = createClient<paths>({ fetch: send });

/** The error of a refused answer. A proxy in front of a gateway that is down answers without problem+json. */
function failureOf(response: Response, body: ProblemBody | undefined): Error {
  if (!body?.code && [502, 503, 504].includes(response.status)) return new UnreachableError(response.status);
  const retryAfter = Number(response.headers.get('retry-after'));
  return new ApiError(response.status, body ?? {}, retryAfter > 0 ? retryAfter : undefined);
}

/** The data of an answer, or a thrown ApiError or UnreachableError. */
export async function answer<Data>(
  call: Promise<{ data?: Data; error?: unknown; response: Response }>,
): Promise<NonNullable<Data>> {
  let settled;
  try {
    settled = await call;
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new UnreachableError(cause);
  }
  const { data, error, response } = settled;
  if (!response.ok) throw failureOf(response, typeof error === 'object' && error !== null ? error : undefined);
  // A 204 has no data; nobody reads it.
  return data as NonNullable<Data>;
}
