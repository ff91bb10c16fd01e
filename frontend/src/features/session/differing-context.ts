import type { Me } from '../../api/types';
import type { LastSession } from './last-session';

type Context = NonNullable<LastSession['context']>;
const PARTS = ['role', 'warehouse', 'database', 'schema'] as const;

/** What must be chosen again to stand where one stood; undefined where nothing differs. A schema goes with its database. */
export function differingContext(wanted: Context, now: Pick<Me, keyof Context>): Record<string, string> | undefined {
  const differing = PARTS.filter((part) => wanted[part] !== null && wanted[part] !== now[part]);
  if (differing.length === 0) return undefined;
  const chosen = new Set<(typeof PARTS)[number]>(differing);
  if (chosen.has('database') && wanted.schema !== null) chosen.add('schema');
  return Object.fromEntries([...chosen].map((part) => [part, wanted[part] ?? '']));
}
