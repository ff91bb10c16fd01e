/** A node of the parser's tree: its kind, its members as the parser gives them, and the nodes below it. */
export interface SqlTree {
  kind: string;
  members: Readonly<Record<string, unknown>>;
  children: readonly SqlTree[];
}

const NO_NODES = new Set([
  'span',
  'inferred_type',
  'comments',
  'trailing_comments',
  'left_comments',
  'operator_comments',
]);

/**
 * Reads the parser's JSON. There a node is an object with one key, its kind; objects with several (a FROM, an ORDER BY key)
 * are passed through to the nodes in them.
 */
export function readTree(value: unknown): SqlTree[] {
  if (Array.isArray(value)) return value.flatMap(readTree);
  if (!isRecord(value)) return [];
  const entries = Object.entries(value).filter(([key]) => !NO_NODES.has(key));
  const [only] = entries;
  if (entries.length === 1 && only && isRecord(only[1])) {
    return [{ kind: only[0], members: only[1], children: readTree(only[1]) }];
  }
  return entries.flatMap(([, member]) => readTree(member));
}

/** A node and all below it. */
export function* everyNode(tree: SqlTree): Generator<SqlTree> {
  yield tree;
  for (const child of tree.children) yield* everyNode(child);
}

/** A name as Snowflake resolves it: an unquoted one is upper case. */
export function nameIn(value: unknown): string | undefined {
  if (!isRecord(value) || typeof value.name !== 'string') return undefined;
  return value.quoted === true ? value.name : value.name.toUpperCase();
}

/** Kinds of nodes that are queries in themselves. */
export const QUERY_KINDS: ReadonlySet<string> = new Set([
  'select',
  'union',
  'intersect',
  'except',
  'subquery',
  'exists',
]);

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
