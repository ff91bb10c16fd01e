import { AppError } from '@snowflow/contracts/errors/app-error';
import type { OutsideReply, OutsideRequest } from '@snowflow/nodes/kit/outside-calls';
import type { StepValue } from '@snowflow/nodes/kit/step-value';
import type { Attempt } from './outside-call';
import type { WayOut } from './way-out';
import { failed, withoutAnswer } from './without-answer';

const MOST_REDIRECTS = 3;
const LONGEST_WAIT_MS = 3_600_000;

/** One try of an HTTP request. */
export async function httpAttempt(request: OutsideRequest, way: WayOut): Promise<Attempt<OutsideReply>> {
  const { host } = new URL(request.url);
  try {
    const reply = await followed(request, way);
    return reply.status < 300 ? await succeeded(reply, way) : refusedBy(reply, host);
  } catch (error) {
    way.signal.throwIfAborted();
    return withoutAnswer(error, way, host);
  }
}

/** Follows redirects of what only reads, within its own origin. */
async function followed({ method, url, headers, body }: OutsideRequest, way: WayOut): Promise<Response> {
  let target = new URL(url);
  for (let redirects = 0; ; redirects++) {
    const reply = await way.fetch(target, {
      method,
      headers,
      reads: ['location'],
      ...(body === undefined ? {} : { body }),
    });
    const location = reply.headers.get('location');
    if (method !== 'GET' || location === null || !isRedirect(reply) || redirects === MOST_REDIRECTS) return reply;
    const next = URL.canParse(location, target.href) ? new URL(location, target) : undefined;
    if (next?.origin !== target.origin) return reply;
    target = next;
  }
}

async function succeeded(reply: Response, way: WayOut): Promise<Attempt<OutsideReply>> {
  const text = way.hide(await reply.text());
  const type = reply.headers.get('content-type') ?? '';
  const headers: Record<string, string> = type === '' ? {} : { 'content-type': type };
  return { state: 'succeeded', reply: { status: reply.status, headers, body: bodyOf(text) } };
}

/** JSON where it is JSON, whatever it is called; else its text. */
function bodyOf(text: string): StepValue {
  try {
    return text === '' ? null : (JSON.parse(text) as StepValue);
  } catch {
    return text;
  }
}

function refusedBy(reply: Response, host: string): Attempt<never> {
  const { status, headers } = reply;
  if (isRedirect(reply)) {
    const message = `${host} sends the request elsewhere (status ${status}), which is not followed. Write the address that it leads to.`;
    return failed(message);
  }
  const isDown = status >= 500;
  const again = isDown || status === 429;
  const advice = again ? 'Run it again later.' : 'Look at the address, the credential and the body.';
  const error = new AppError('OUTSIDE_FAILED', `${host} answered with status ${status}. ${advice}`);
  const afterMs = again ? askedWaitMs(headers.get('retry-after') ?? '') : undefined;
  return { state: 'failed', error, again, isDown, ...(afterMs === undefined ? {} : { afterMs }) };
}

const isRedirect = ({ status }: Response) => status >= 300 && status < 400 && status !== 304;

/** Of a Retry-After in seconds or as a date. */
export function askedWaitMs(text: string): number | undefined {
  const ms = /^\d{1,9}$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now();
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), LONGEST_WAIT_MS);
}
