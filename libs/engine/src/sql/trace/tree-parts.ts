type Members = Readonly<Record<string, unknown>>;

/** A node of the parser's JSON: its kind and its members. */
export interface TreePart {
  kind: string;
  members: Members;
}

/** An object of the tree, or an empty one. */
export function membersOf(value: unknown): Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : {};
}

/** A list of the tree, or an empty one. */
export function itemsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The node that a value is; undefined where it is none. */
export function partOf(value: unknown): TreePart | undefined {
  const entries = Object.entries(membersOf(value));
  const [only] = entries;
  if (entries.length !== 1 || !only) return undefined;
  const [kind, members] = only;
  return typeof members === 'object' && members !== null && !Array.isArray(members)
    ? { kind, members: members as Members }
    : undefined;
}

const NEVER_COUNT = /^(span|inferred_type|alias_explicit_as|alias_first|alias_keyword)$|comments$/;

/** The first member that says something and isn't among those that the reader knows. */
export function beyond(members: Members, known: ReadonlySet<string>): string | undefined {
  return Object.entries(members).find(
    ([name, value]) =>
      !known.has(name) &&
      !NEVER_COUNT.test(name) &&
      value !== null &&
      value !== false &&
      !(Array.isArray(value) && value.length === 0),
  )?.[0];
}
