import type { AuditFilters } from '../../../api/audit';

/** What can be filtered by; each stands in the page's address under its own name. */
export const AUDIT_FILTERS = [
  'actor',
  'action',
  'objectKind',
  'objectId',
  'search',
  'correlationId',
  'from',
  'to',
] as const satisfies readonly (keyof AuditFilters)[];

/** Kinds of things that entries are about, with what is said for them. */
export const AUDIT_KINDS: Readonly<Record<string, string>> = {
  workflow: 'Workflows',
  run: 'Runs',
  publication: 'Publications',
  schedule: 'Schedules',
  template: 'Templates',
  member: 'Members',
  credential: 'Stored credentials',
  key: 'API keys',
  session: 'Sessions',
  settings: 'Settings',
  policy: 'Policies',
  'oauth-client': 'OAuth clients',
  'outside-hosts': 'Outside hosts',
  'outside-credential': 'Outside credentials',
  'held-tags': 'Tagged columns',
  'webhook-key': 'Webhook keys',
};

/** The filters of an address. */
export function auditFiltersOf(params: URLSearchParams): AuditFilters {
  return Object.fromEntries(
    AUDIT_FILTERS.flatMap((name) => {
      const value = params.get(name)?.trim();
      return value ? [[name, value]] : [];
    }),
  );
}

/** The address with other filters; what else stands in it stays, and what filters nothing is left out. */
export function auditParamsOf(params: URLSearchParams, filters: AuditFilters): URLSearchParams {
  const next = new URLSearchParams(params);
  for (const name of AUDIT_FILTERS) {
    const value = filters[name];
    if (value) next.set(name, value);
    else next.delete(name);
  }
  return next;
}
