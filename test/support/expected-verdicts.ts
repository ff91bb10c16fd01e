import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Who asks, as the columns of the table name them. */
export const CALLERS = [
  'anonymous',
  'viewer',
  'builder',
  'admin',
  'other-tenant',
  'expired',
  'revoked',
  'other-key',
] as const;
export type CallerName = (typeof CALLERS)[number];

const FILE = 'test/authorization/expected.txt';

/** A line of the table. */
export function rowOf(route: string, verdicts: readonly string[]): string {
  return (
    route.padEnd(70) +
    verdicts
      .map((verdict) => verdict.padEnd(13))
      .join('')
      .trimEnd()
  );
}

/** What the table in the repository says of each route, as its line. */
export function expectedRows(): Map<string, string> {
  const lines = readFileSync(join(process.cwd(), FILE), 'utf8').split('\n');
  const rows = lines.filter((line) => /^(get|post|put|patch|delete) /.test(line)).map((line) => line.split(/\s+/));
  return new Map(
    rows.map(([method, path, ...verdicts]) => [`${method} ${path}`, rowOf(`${method} ${path}`, verdicts)]),
  );
}

/** Throws with the lines to add where the table does not have a route. */
export function requireRows(observed: ReadonlyMap<string, string>, expected: ReadonlyMap<string, string>): void {
  const missing = [...observed].filter(([route]) => !expected.has(route)).map(([, row]) => row);
  if (missing.length === 0) return;
  throw new Error(
    `${FILE} does not say who may ask these routes. This is what they answered; add the lines if that is meant:\n${missing.join('\n')}`,
  );
}
