/** A form's values as a config: what was left empty is absent, so the document says only what somebody chose. An item that is null is one: a cell of NULL. */
export function pruned(value: unknown): unknown {
  if (value === '' || value === null || value === undefined) return undefined;
  if (typeof value === 'number' && Number.isNaN(value)) return undefined;
  if (Array.isArray(value))
    return value.map((item: unknown) => (item === null ? null : (pruned(item) ?? (isPlain(item) ? {} : ''))));
  if (!isPlain(value)) return value;
  const entries = Object.entries(value).flatMap(([key, member]): [string, unknown][] => {
    const kept = pruned(member);
    const empty = kept === undefined || (isPlain(kept) && Object.keys(kept).length === 0);
    return empty ? [] : [[key, kept]];
  });
  return Object.fromEntries(entries);
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
