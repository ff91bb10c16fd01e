/**
 * A list by type. Each entry has its own Config, and nobody but the entry itself makes sense of it: the engine hands it
 * only what its own schema has parsed. Methods are bivariant, so the lists need no cast.
 */
export function byType<Entry extends { readonly type: string }>(list: readonly Entry[]): ReadonlyMap<string, Entry> {
  const entries = new Map<string, Entry>();
  for (const entry of list) {
    if (entries.has(entry.type)) throw new Error(`Two node types are called ${entry.type}`);
    entries.set(entry.type, entry);
  }
  return entries;
}
