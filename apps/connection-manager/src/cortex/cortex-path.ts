import type { CortexRequest } from '@snowflow/contracts/connections/cortex.dto';
import { AppError } from '@snowflow/contracts/errors/app-error';

/** The address below the account's origin. Names are the only part of it that anybody chooses, and they are escaped. */
export function cortexPath({ service, search }: Pick<CortexRequest, 'service' | 'search'>): string {
  if (service === 'chat') return '/api/v2/cortex/v1/chat/completions';
  if (service === 'analyst') return '/api/v2/cortex/analyst/message';
  if (!search) {
    const message = 'Name the search service.';
    throw new AppError('VALIDATION', message, { errors: [{ path: 'search', message }] });
  }
  const [database, schema, name] = [search.database, search.schema, search.name].map(inPath);
  return `/api/v2/databases/${database}/schemas/${schema}/cortex-search-services/${name}:query`;
}

/** In a path a plain name is taken for its upper-case form; what differs from that is quoted, as in SQL. */
export const restIdentifier = (name: string) =>
  /^[A-Z_][A-Z0-9_$]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`;

function inPath(name: string): string {
  return encodeURIComponent(restIdentifier(name));
}
