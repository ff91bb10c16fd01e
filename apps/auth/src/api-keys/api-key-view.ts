import type { ApiKeyView } from '@snowflow/contracts/auth/api-keys.dto';
import type { CallLimits } from '@snowflow/contracts/published/call-limits.dto';
import type { ApiKeyRow } from './api-keys.tables';

const PREFIX_LENGTH = 10;

type LimitColumns = Pick<
  ApiKeyRow,
  'calls_per_minute' | 'calls_per_day' | 'statements_per_day' | 'bytes_per_day' | 'tokens_per_day'
>;

export function apiKeyView(row: ApiKeyRow): ApiKeyView {
  const isTaken = row.previous_until !== null && row.previous_until.getTime() > Date.now();
  return {
    id: row.id,
    name: row.name,
    prefix: row.id.slice(0, PREFIX_LENGTH),
    publications: row.publications,
    limits: limitsOf(row),
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
    previousUntil: isTaken ? (row.previous_until?.toISOString() ?? null) : null,
  };
}

export function limitsOf(row: LimitColumns): CallLimits {
  return {
    callsPerMinute: row.calls_per_minute,
    callsPerDay: row.calls_per_day,
    statementsPerDay: row.statements_per_day,
    // Postgres gives a bigint as text.
    bytesPerDay: row.bytes_per_day === null ? null : Number(row.bytes_per_day),
    tokensPerDay: row.tokens_per_day,
  };
}

export function limitColumns(limits: CallLimits = {}): LimitColumns {
  return {
    calls_per_minute: limits.callsPerMinute ?? null,
    calls_per_day: limits.callsPerDay ?? null,
    statements_per_day: limits.statementsPerDay ?? null,
    bytes_per_day: limits.bytesPerDay ?? null,
    tokens_per_day: limits.tokensPerDay ?? null,
  };
}
