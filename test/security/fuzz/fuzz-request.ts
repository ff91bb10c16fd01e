import { endsSignIn, partOf } from '../../support/route-caller';
import { adminBodies, bodies, plainBodies } from '../../support/route-requests';
import { sixInARow } from '../../support/document-builder';
import type { ApiDocument, Operation } from './api-operations';
import { ownPart, soundBody } from './own-things';
import type { CallerName, FuzzWorld } from './fuzz-world';
import { chance, damaged, type Draw, hostileText, oneOf } from './hostile-values';
import { valueOf } from './schema-value';

/** A request as it is sent. */
export interface FuzzRequest {
  operation: Operation;
  caller: CallerName;
  /** Whether it is meant to be understood, has damaged values, or is no sound HTTP of this API. */
  kind: 'sound' | 'hostile' | 'broken';
  method: string;
  path: string;
  headers: Record<string, string>;
  body: Buffer | undefined;
}

/** What a tenant decides for everybody in it; the other tenant's owner decides, so that nobody else is locked out. */
const CHANGES_TENANT =
  /^(put|patch|delete|post) \/admin\/(settings|policies|members|oauth-clients|embed|outside-hosts|held-tags|webhook-key)/;
const ALSO_IN_POST =
  /^(post \/workflows\/\{id\}\/(rollback|restore|deploy\/apply)|put \/workflows\/\{id\}\/(owner|publication))/;
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD', 'PROPFIND', 'TRACE'];
const TYPES = [
  'text/plain',
  'application/xml',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/json; charset=utf-16',
  'application/yaml',
  'application/json, text/html',
  'x',
  '',
];
const HEADERS = [
  'x-correlation-id',
  'prefer',
  'idempotency-key',
  'accept',
  'accept-encoding',
  'range',
  'origin',
  'sec-fetch-site',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-http-method-override',
  'cookie',
  'last-event-id',
  'if-none-match',
  'sf-context-current-user',
  'authorization',
  'x-api-key',
  'content-encoding',
  'te',
  'forwarded',
];
const PATHS = [
  '/../../etc/passwd',
  '//',
  '/%2e%2e/%2e%2e/etc/passwd',
  '/api/v1/%c0%af',
  '/api/v1/runs/%',
  '/api/v1/workflows/%00',
  '/api/v1/./me',
  '/api/v1/auth/me/',
  '/API/V1/auth/me',
  '/api/v1/auth/me;a=b',
  '/api/v1/docs/../auth/me',
  '/api/v1/docs/%2e%2e%2f%2e%2e%2fpackage.json',
  '/assets/../../package.json',
  '/assets/%5c..%5c',
  '/.env',
  '/.git/config',
  '/api/v1/constructor',
  `/${'a/'.repeat(500)}`,
  `/api/v1/workflows/${'a'.repeat(6_000)}`,
  '/api/v1/auth/oauth/callback?code=%00&state=%F0%9F',
  '/api/v1/auth/oauth/callback?state=a&state=b&code[]=1',
];

/** The next request of a seed. */
export function requestOf(
  draw: Draw,
  operations: readonly Operation[],
  document: ApiDocument,
  world: FuzzWorld,
): FuzzRequest {
  const operation = operationOf(draw, operations);
  const caller = callerOf(draw, operation);
  const kind = oneOf(draw, [
    'sound',
    'sound',
    'sound',
    'sound',
    'hostile',
    'hostile',
    'hostile',
    'hostile',
    'broken',
  ] as const);
  const about = operation.method === 'delete' || ALSO_IN_POST.test(operation.name) ? world.doomed : world.about;
  const request: FuzzRequest = {
    operation,
    caller,
    kind,
    method: operation.method.toUpperCase(),
    path: pathOf(draw, operation, kind, about, world) + queryOf(draw, operation, kind, about),
    headers: { ...world.headers[caller] },
    body: undefined,
  };
  // A published call waits for its run where nothing else is said.
  if (/(run|runs|retry|\{slug\})$/.test(operation.name))
    request.headers['prefer'] = oneOf(draw, ['respond-async', 'wait=1', 'respond-async']);
  if (operation.body ?? chance(draw, 5)) withBody(draw, request, document, world, about);
  if (kind === 'broken') broken(draw, request);
  if (chance(draw, kind === 'hostile' ? 25 : 3))
    setHeader(request, oneOf(draw, HEADERS), headerText(hostileText(draw)));
  return request;
}

/** What starts runs, signs in or asks the warehouse takes as long as ten others, so it is asked less often. */
const TAKES_LONG =
  /(run|runs|run-now|retry|preview|samples|draft|ask|connect|connection-test|authorize|access-matrix|deploy|apply|secret|external\/setup-sql|publication|approve|\{slug\}|catalog\/\S+)$|\/nodes\/|^post \/(credentials|schedules)$/;

function operationOf(draw: Draw, operations: readonly Operation[]): Operation {
  const drawn = oneOf(draw, operations);
  return TAKES_LONG.test(drawn.name) && chance(draw, 70) ? oneOf(draw, operations) : drawn;
}

function callerOf(draw: Draw, { name, knownBy, path }: Operation): CallerName {
  if (knownBy.includes('api-key') && chance(draw, 75)) return 'key';
  if (knownBy.includes('embed-token') && chance(draw, 75)) return 'embed';
  const others = ['anonymous', 'forged', 'viewer', 'key', 'embed', 'other-tenant'] as const;
  if (chance(draw, 12)) return oneOf(draw, others);
  if (endsSignIn(name)) return 'spare';
  if (CHANGES_TENANT.test(name)) return 'other-tenant';
  if (path.includes('/admin/') || name.includes('/approvals/')) return 'admin';
  return chance(draw, 85) ? 'builder' : 'admin';
}

/** What fields and parameters of these names are given. */
const knownOf = (about: FuzzWorld['about']): Record<string, unknown> => ({
  ...about,
  definition: sixInARow('Drawn by chance'),
  content: JSON.stringify({ snowflow: 1, workflows: [sixInARow('Brought along')] }),
  parameters: {},
  mapping: {},
  mode: 'full',
  ids: [about.workflowId],
  account: 'demo',
  authenticator: 'password',
  username: 'GUEST',
  password: 'secret',
  database: 'SNOWFLAKE_SAMPLE_DATA',
  schema: 'TPCH_SF1',
  table: 'NATION',
  column: 'N_NAME',
  role: 'ANALYST',
  warehouse: 'DEMO_WH',
  revision: 1,
  cron: '0 7 * * *',
  issuer: 'https://login.invalid',
  q: 'nation',
});

function pathOf(
  draw: Draw,
  { path, name: operation }: Operation,
  kind: FuzzRequest['kind'],
  about: FuzzWorld['about'],
  world: FuzzWorld,
): string {
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    if (kind === 'hostile' && chance(draw, 30)) return encoded(hostileText(draw));
    const own = ownPart(name, operation, world.own);
    if (own !== undefined) return own;
    if (name === 'userId' && path.includes('/admin/')) return world.guestId;
    return partOf(name, path.replace('/api/v1', ''), about);
  });
}

function queryOf(draw: Draw, operation: Operation, kind: FuzzRequest['kind'], about: FuzzWorld['about']): string {
  const known = knownOf(about);
  const pairs = operation.parameters
    .filter((parameter) => parameter.in === 'query')
    .filter(({ name }) => Object.hasOwn(known, name) || chance(draw, 25))
    .flatMap(({ name, schema }) => {
      const isHostile = kind === 'hostile' && chance(draw, 40);
      if (!isHostile && schema.type === 'string' && !schema.enum && !Object.hasOwn(known, name)) return [];
      const value = isHostile
        ? hostileText(draw)
        : String(
            Object.hasOwn(known, name)
              ? known[name]
              : valueOf(draw, schema, { paths: {}, components: { schemas: {} } }, {}),
          );
      const pair = `${name}=${encoded(value)}`;
      return isHostile && chance(draw, 30) ? [pair, `${name}[]=${encoded(hostileText(draw))}`, pair] : [pair];
    });
  if (kind === 'hostile' && chance(draw, 15)) pairs.push(`${encoded(hostileText(draw))}=${encoded(hostileText(draw))}`);
  return pairs.length > 0 ? `?${pairs.join('&')}` : '';
}

function withBody(
  draw: Draw,
  request: FuzzRequest,
  document: ApiDocument,
  { own }: FuzzWorld,
  about: FuzzWorld['about'],
): void {
  const { operation, kind } = request;
  const sample =
    operation.name === 'put /admin/settings'
      ? about.settings
      : (soundBody(operation.name, about, own) ??
        bodies[operation.name]?.(about) ??
        adminBodies[operation.name] ??
        plainBodies[operation.name]);
  let value = sample && chance(draw, 60) ? sample : valueOf(draw, operation.body ?? {}, document, knownOf(about));
  const times = kind === 'hostile' ? oneOf(draw, [0, 1, 1, 2, 3]) : 0;
  for (let time = 0; time < times; time += 1) value = damaged(draw, value) as object;
  request.headers['content-type'] = 'application/json';
  request.body = Buffer.from(JSON.stringify(value));
}

/** What no client of the API would send. */
function broken(draw: Draw, request: FuzzRequest): void {
  const way = oneOf(draw, ['method', 'type', 'cut', 'bytes', 'twice', 'path', 'empty'] as const);
  const body = request.body ?? Buffer.from('{}');
  if (way === 'method') request.method = oneOf(draw, METHODS);
  else if (way === 'type') request.headers['content-type'] = oneOf(draw, TYPES);
  else if (way === 'path') request.path = oneOf(draw, PATHS);
  else if (way === 'cut') request.body = body.subarray(0, Math.floor(body.length / 2));
  else if (way === 'bytes')
    request.body = Buffer.concat([
      body.subarray(0, 5),
      Buffer.from([0xff, 0xc0, 0x80, 0xed, 0xa0, 0x80]),
      body.subarray(5),
    ]);
  else if (way === 'twice') request.body = Buffer.concat([body, body]);
  else request.body = Buffer.alloc(0);
  if (request.body && !request.headers['content-type']) request.headers['content-type'] = 'application/json';
  if (['GET', 'HEAD', 'TRACE'].includes(request.method)) request.body = undefined;
}

/** Who is somebody stays it: what a wrong token comes to is for the callers who have none. */
function setHeader({ caller, headers }: FuzzRequest, name: string, value: string): void {
  const isNobody = caller === 'anonymous' || caller === 'forged';
  if (isNobody || !['authorization', 'x-api-key', 'cookie'].includes(name)) headers[name] = value;
}

/** As it may stand in a path or a query; lone surrogates can't be encoded. */
const encoded = (text: string) => encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, '\ufffd'));

/** What a client library would not refuse to send. */
const headerText = (text: string) => text.replaceAll(/[^\x20-\x7e\x80-\xff]/g, '').slice(0, 6_000);
