import { everyNode, nameIn, type SqlTree } from './sql-tree';
import { tablesIn } from './tables-in';
import { unqualifiedCalls } from './unqualified-calls';

/** What a text of SQL that passed the checks names. What that resolves to only Snowflake knows. */
export interface SqlObjects {
  /** Tables and views, each by the parts of its name; those that the text defines itself aside. */
  tables: string[][];
  semanticViews: string[][];
  /** Functions with more than one part to their names: the account's own, and SNOWFLAKE's. */
  functions: string[][];
  /** Functions called by their names alone that are not Snowflake's own: which ones is decided by the session's schema and search path. */
  unqualified: string[];
  /** Functions of Snowflake that read what a text names: files of stages, search services, definitions, rows by a query. */
  readers: string[];
  /** Models that functions of Cortex ask; null where the name is not written out. */
  models: (string | null)[];
}

/** Functions whose first argument is a model. */
const ASKS_A_MODEL = /^(AI_COMPLETE|COMPLETE|TRY_COMPLETE|AI_EMBED|EMBED_TEXT_\d+|AI_COUNT_TOKENS|COUNT_TOKENS)$/;

/** Functions that are given in a text what they read. */
const READS_BY_NAME =
  /^((AI_)?PARSE_DOCUMENT|AI_TRANSCRIBE|(TRY_)?TO_FILE|BUILD_(SCOPED|STAGE)_FILE_URL|GET_(PRESIGNED_URL|STAGE_LOCATION|RELATIVE_PATH|ABSOLUTE_PATH|DDL|OBJECT_REFERENCES)|SEARCH_PREVIEW|EXTRACT_SEMANTIC_CATEGORIES)$/;

/** The text is asked too: what the parser makes of it has lost names. */
export function objectsIn(sql: string, statements: readonly SqlTree[]): SqlObjects {
  const unqualified = unqualifiedCalls(sql, statements);
  const found: SqlObjects = { tables: [], semanticViews: [], functions: [], unqualified, readers: [], models: [] };
  const nodes = statements.flatMap((statement) => [...everyNode(statement)]);
  found.tables.push(...statements.flatMap(({ kind, members }) => tablesIn({ [kind]: members })));
  for (const { kind, members } of nodes) {
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
  if (READS_BY_NAME.test(last)) found.readers.push(last);
  if (ASKS_A_MODEL.test(last)) found.models.push(textOf(first) ?? null);
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
