import { setTimeout as pause } from 'node:timers/promises';
import { guardedFetch } from '@snowflow/platform/net/guarded-fetch';
import type { Endpoint } from '../accounts/endpoint';
import { ASKED_PARTS } from '../connection-test/asked-parts';
import type { Credentials } from '../driver/snowflake-driver';
import type { Egress } from '../net/egress';

/** A login that takes so long is looked into. */
const LONG_MS = 5_000;
const ANSWER_MS = 2_000;

/** Whether Snowflake may send a push to the person's device for these, and keep the login waiting until it is answered. */
export const mayBePushed = ({ authenticator, passcode }: Credentials): boolean =>
  authenticator === 'SNOWFLAKE' && passcode === undefined;

/**
 * Whether the account answers others while it keeps a login waiting: then it waits for a person, and is not silent. Asks without any
 * credential, and only once the login has taken long.
 */
export async function answersOthers({ origin }: Endpoint, egress: Egress, signal: AbortSignal): Promise<boolean> {
  const login = ASKED_PARTS.find(({ part }) => part === 'login');
  if (!login) return false;
  try {
    await pause(LONG_MS, undefined, { signal });
    const response = await guardedFetch(egress, new URL(login.path, origin), {
      method: login.method,
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      body: '{"data":{}}',
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    return await login.isAnswer(response);
  } catch {
    return false;
  }
}
