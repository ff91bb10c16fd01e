import { isDeepStrictEqual } from 'node:util';

type Said = Readonly<Record<string, unknown>>;

/** Of two states of a thing, the fields that differ: what an entry says as before and after. */
export function changedFields(before: object, after: object): { before: Said; after: Said } {
  const [was, is] = [{ ...before }, { ...after }] as [Said, Said];
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])];
  const changed = names.filter((name) => !isDeepStrictEqual(was[name], is[name]));
  const only = (state: Said) => Object.fromEntries(changed.map((name) => [name, state[name] ?? null]));
  return { before: only(was), after: only(is) };
}
