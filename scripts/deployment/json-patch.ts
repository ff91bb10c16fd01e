import { z } from 'zod';

const operations = z.array(
  z.strictObject({ op: z.literal('replace'), path: z.string().startsWith('/'), value: z.unknown() }),
);

/** RFC 6902, of which our overlays use `replace` alone; what is not there can't be replaced. */
export function applyJsonPatch<T extends object>(target: T, patch: unknown): T {
  const changed = structuredClone(target);
  for (const { path, value } of operations.parse(patch)) replace(changed, path, value);
  return changed;
}

function replace(target: object, path: string, value: unknown): void {
  const names = path
    .slice(1)
    .split('/')
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
  const last = names.pop() ?? '';
  let place: unknown = target;
  for (const name of names) place = isObject(place) ? place[name] : undefined;
  if (!isObject(place) || !(last in place)) throw new Error(`The patch replaces ${path}, which is not there`);
  place[last] = value;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
