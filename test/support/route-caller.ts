import { userIdOf } from '@snowflow/contracts/sessions/tenant-id';
import type { ApiClient } from './api-client';
import { adminBodies, adminQueries, bodies, idIn, type Ids, plainBodies } from './route-requests';

/** What a route came to: `yes` is whatever is no refusal to the asking person, also a word about what was sent. */
export type Verdict = 'yes' | '401' | '403' | '404';

/** Who asks; `fresh` is asked for again where a route ends the sign-in that it is asked with. */
export interface RouteCaller {
  headers: Record<string, string>;
  fresh?: () => Promise<Record<string, string>>;
}

const PARTS: Readonly<Record<string, string>> = {
  provider: 'snowflake',
  revision: '1',
  a: '1',
  b: '1',
  nodeId: 'result',
  database: 'SNOWFLAKE_SAMPLE_DATA',
  schema: 'TPCH_SF1',
  name: 'NATION',
  credentialId: `ocr_${'0'.repeat(22)}`,
};
/** First what reads, then what changes, then what deletes; what ends the asking sign-in comes last, each time with a new one. */
const ORDER = ['get', 'post', 'put', 'patch', 'delete'];
/** Whether a route ends the sign-in that it is asked with, or makes another token of it. */
export const endsSignIn = (route: string) =>
  /^post \/auth\/(connect|refresh|disconnect|context)$|^delete \/auth\/sessions$/.test(route);

/** What is asked about: what the builder owns, and the tenant's settings as they are. */
export interface Asked extends Ids {
  tenantId: string;
  settings: object;
}

/** Asks every route as one caller, and answers what each came to. */
export async function verdictsOf(
  api: ApiClient,
  routes: readonly string[],
  caller: RouteCaller,
  about: Asked,
): Promise<Map<string, Verdict>> {
  // What is in something is deleted before it, and what was deleted is restored.
  const depthOf = (route: string) => (route.startsWith('delete') ? route.split('/').length / 100 : 0);
  const placeOf = (route: string) => {
    if (endsSignIn(route)) return ORDER.length;
    if (route.endsWith('/restore')) return ORDER.length - 0.5;
    return ORDER.indexOf(route.split(' ')[0] ?? '') - depthOf(route);
  };
  const verdicts = new Map<string, Verdict>();
  for (const route of routes.toSorted((one, other) => placeOf(one) - placeOf(other))) {
    const headers = endsSignIn(route) && caller.fresh ? await caller.fresh() : caller.headers;
    verdicts.set(route, await verdictOf(api, route, headers, about));
  }
  return verdicts;
}

/** What stands for a parameter of a path. */
export function partOf(name: string, template: string, about: Asked): string {
  if (name === 'userId') return userIdOf(about.tenantId, 'SPARE');
  if (name === 'runId') return about.runId;
  if (name === 'sessionId') return about.sessionId;
  if (name === 'keyId') return about.apiKeyId;
  if (name === 'bindingId') return about.bindingId;
  if (name === 'slug') return about.slug;
  return PARTS[name] ?? idIn(template, about);
}

async function verdictOf(
  api: ApiClient,
  route: string,
  headers: Record<string, string>,
  about: Asked,
): Promise<Verdict> {
  const [method = '', template = ''] = route.split(' ');
  const path = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => partOf(name, template, about));
  const body = method === 'get' ? undefined : bodyOf(route, about);
  const reply = await api.send(method.toUpperCase(), path + (adminQueries[route] ?? ''), {
    body,
    headers,
    signal: AbortSignal.timeout(10_000),
  });
  const isRefused = reply.status === 401 || reply.status === 403 || reply.status === 404;
  const { code } = isRefused ? ((await reply.json()) as { code: string }) : { code: '' };
  await reply.body?.cancel().catch(() => undefined);
  // 502 and 504 are of others, whom a route asks for somebody that it has let through.
  if (reply.status === 500 || reply.status === 503) throw new Error(`${route} answers ${reply.status}`);
  return isRefused && code !== 'SNOWFLAKE_LOGIN_FAILED' ? (`${reply.status}` as Verdict) : 'yes';
}

function bodyOf(route: string, about: Asked): object {
  if (route === 'put /admin/settings') return about.settings;
  return bodies[route]?.(about) ?? adminBodies[route] ?? plainBodies[route] ?? {};
}
