import { everyNode, nameIn, type SqlTree } from './sql-tree';

/** What a text of SQL that passed the checks names. What that resolves to only Snowflake knows. */
export interface SqlObjects {
  /** Tables and views, each by the parts of its name; those that the text defines itself aside. */
  tables: string[][];
  semanticViews: string[][];
  /** Functions with more than one part to their names: the account's own, and SNOWFLAKE's. */
  functions: string[][];
  /** Models that functions of Cortex ask; null where the name is not written out. */
  models: (string | null)[];
}

/** Functions whose first argument is a model. */
const ASKS_A_MODEL = /^(AI_COMPLETE|COMPLETE|TRY_COMPLETE|AI_EMBED|EMBED_TEXT_\d+|AI_COUNT_TOKENS|COUNT_TOKENS)$/;

export function objectsIn(statements: readonly SqlTree[]): SqlObjects {
  const found: SqlObjects = { tables: [], semanticViews: [], functions: [], models: [] };
  const nodes = statements.flatMap((statement) => [...everyNode(statement)]);
  const own = new Set(nodes.flatMap(definedIn));
  for (const { kind, members } of nodes) {
    if (kind === 'table') {
      const parts = namesIn(members.catalog, members.schema, members.name);
      if (parts.length > 1 || !own.has(parts[0] ?? '')) found.tables.push(parts);
    }
    if (kind === 'semantic_view') found.semanticViews.push(dotted(members.this));
    if (kind === 'function') noteCall(found, [String(members.name).toUpperCase()], members.args);
    if (kind === 'method_call') noteCall(found, [...dotted(members.this), ...namesIn(members.method)], members.args);
  }
  return found;
}

function noteCall(found: SqlObjects, name: string[], args: unknown): void {
  const last = name.at(-1) ?? '';
  const [first] = Array.isArray(args) ? (args as unknown[]) : [];
  if (name.length > 1) found.functions.push(name);
  if (ASKS_A_MODEL.test(last)) found.models.push(textOf(first) ?? null);
}

/** The names that a WITH gives to its queries. */
function definedIn({ members }: SqlTree): string[] {
  const ctes = memberOf(members.with, 'ctes');
  return Array.isArray(ctes) ? ctes.flatMap((cte) => namesIn(memberOf(cte, 'alias'))) : [];
}

/** The parser reads A.B before a dot or a call as a column of a table. */
function dotted(value: unknown): string[] {
  const column = memberOf(value, 'column');
  if (column !== undefined) return namesIn(memberOf(column, 'table'), memberOf(column, 'name'));
  const dot = memberOf(value, 'dot');
  if (dot !== undefined) return [...dotted(memberOf(dot, 'this')), ...namesIn(memberOf(dot, 'field'))];
  const table = memberOf(value, 'table');
  if (table !== undefined)
    return namesIn(memberOf(table, 'catalog'), memberOf(table, 'schema'), memberOf(table, 'name'));
  return namesIn(value);
}

function textOf(argument: unknown): string | undefined {
  const literal = memberOf(memberOf(memberOf(argument, 'named_argument'), 'value') ?? argument, 'literal');
  return memberOf(literal, 'literal_type') === 'string' ? String(memberOf(literal, 'value')) : undefined;
}

const namesIn = (...values: unknown[]) => values.flatMap((value) => nameIn(value) ?? []);

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
