import { setTimeout as delay } from 'node:timers/promises';
import type { Stack } from '@snowflow/testing/stack';
import { inLoops } from '../../bench/measure';
import { ApiClient, type ApiReply } from '../support/api-client';
import { DocumentBuilder, sixInARow } from '../support/document-builder';
import { publish, storeToken } from '../support/publish';
import type { Crowd, Person } from './orders';

const TENANTS = 20;
const PEOPLE_EACH = 3;
const SLUG = 'load';
const AT_ONCE = 4;
/** So often a gateway that has too much to do may say so before it counts as a failure. */
const REFUSALS = 5;

const accounts = Array.from({ length: TENANTS }, (_, index) => `t${String(index + 1).padStart(3, '0')}`);

/** Throttles bound a session or a tenant; what is measured here is what holds when they do not. */
export const CROWD_ENV: Readonly<Record<string, string>> = {
  WAREHOUSE_EXTRA_ACCOUNTS: String(TENANTS),
  DEMO_ACCOUNTS: ['demo', 'demo2', ...accounts].join(','),
  THROTTLE_REQUESTS_PER_MINUTE: '100000000',
  THROTTLE_CALLS_PER_MINUTE: '100000000',
  THROTTLE_SIGN_INS_PER_MINUTE: '1000000',
};

interface Tokens {
  accessToken: string;
  refreshToken: string;
}

/** People of many tenants, each with a workflow, and a published workflow with a key. */
export async function gather(stack: Stack): Promise<Crowd> {
  const { gatewayUrl } = stack;
  const people: Person[] = [];
  let next = 0;
  await inLoops(
    async () => {
      const index = next++;
      const account = accounts[index % TENANTS] as string;
      people.push(await arrive(gatewayUrl, account, `u${String(Math.floor(index / TENANTS) + 1).padStart(2, '0')}`));
    },
    TENANTS * PEOPLE_EACH,
    AT_ONCE,
  );
  return { gatewayUrl, people, call: { slug: SLUG, key: await publishOne(stack) } };
}

/** Access tokens live for a quarter of an hour: takes everybody's for new ones. */
export async function renewTokens({ gatewayUrl, people }: Crowd): Promise<string[]> {
  const anonymous = new ApiClient(gatewayUrl);
  for (const person of people) {
    const body = { refreshToken: person.refreshToken };
    let reply = await anonymous.call<Tokens>('POST', '/auth/refresh', { body });
    for (let turn = 1; turn < REFUSALS && reply.status === 503; turn++) {
      await delay(Number(reply.headers.get('retry-after')) * 1000);
      reply = await anonymous.call<Tokens>('POST', '/auth/refresh', { body });
    }
    const { accessToken, refreshToken } = kept(reply, 'refresh');
    Object.assign(person, { token: accessToken, refreshToken });
  }
  return people.map(({ token }) => token);
}

async function arrive(gatewayUrl: string, account: string, username: string): Promise<Person> {
  const api = new ApiClient(gatewayUrl);
  const secret = { account, authenticator: 'password', username, password: username, issueRefreshToken: true };
  const { accessToken, refreshToken } = kept(
    await api.call<Tokens>('POST', '/auth/connect', { body: secret }),
    'connect',
  );
  const headers = { authorization: `Bearer ${accessToken}` };
  const body = { definition: sixInARow(`Of ${username}`) };
  const saved = kept(await api.call<{ id: string }>('POST', '/workflows/save', { headers, body }), 'save');
  return { account, username, token: accessToken, refreshToken, workflowId: saved.id };
}

async function publishOne({ gatewayUrl, warehouseUrl }: Stack): Promise<string> {
  const api = new ApiClient(gatewayUrl);
  await api.connect('demo');
  const answering = new DocumentBuilder('Answers values')
    .node('values', 'source.values', { columns: [{ name: 'N', type: 'NUMBER(5,0)' }], rows: [[1], [2], [3]] })
    .node('out', 'output.response', {}, 'values')
    .build();
  await publish(api, answering, { slug: SLUG, credentialId: await storeToken(api, warehouseUrl) });
  const made = await api.call<{ key: string }>('POST', '/auth/api-keys', { body: { name: 'Load', days: 1 } });
  return kept(made, 'api-keys').key;
}

function kept<Body>({ status, body }: ApiReply<Body>, what: string): Body {
  if (status >= 300) throw new Error(`${what}: ${status} ${JSON.stringify(body)}`);
  return body;
}
