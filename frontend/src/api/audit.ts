import { answer, client } from './client';
import type { components, operations } from './generated/schema';

export type AuditEntry = components['schemas']['AuditEntryView'];
export type AuditPage = components['schemas']['AuditPageView'];
export type AuditVerification = components['schemas']['AuditVerificationView'];
export type AuditFilters = Omit<NonNullable<operations['listAudit']['parameters']['query']>, 'limit' | 'cursor'>;

export const AUDIT_EXPORT_URL = '/api/v1/admin/audit/export.ndjson';

/** A page of what was changed, the newest first. */
export const fetchAudit = (filters: AuditFilters, cursor: string | null, signal: AbortSignal): Promise<AuditPage> =>
  answer(
    client.GET('/api/v1/admin/audit', {
      params: { query: { ...filters, limit: 50, ...(cursor === null ? {} : { cursor }) } },
      signal,
    }),
  );

/** Walks the whole log. */
export const verifyAudit = (signal: AbortSignal): Promise<AuditVerification> =>
  answer(client.GET('/api/v1/admin/audit/verification', { signal }));
