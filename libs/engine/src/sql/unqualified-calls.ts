import { readTokens, type SqlToken } from '@snowflow/nodes/kit/sql/sql-tokens';
import { BUILTIN_FUNCTIONS, WORDS_BEFORE_PARENTHESES } from './builtin-functions';
import { everyNode, nameIn, type SqlTree } from './sql-tree';

/**
 * Functions that a text calls without their schema and that are not Snowflake's own, as Snowflake reads their names. Both readings are asked:
 * the words before a parenthesis, because the parser turns names of other dialects (GROUP_CONCAT) into kinds of nodes, and the parser's
 * functions, because a word of the grammar may be the name of a function too.
 */
export function unqualifiedCalls(sql: string, statements: readonly SqlTree[]): string[] {
  const nodes = statements.flatMap((statement) => [...everyNode(statement)]);
  return [...new Set([...calledInText(sql, columnLists(nodes)), ...calledInTree(nodes)])];
}

/** How often each name stands before a list of columns: of a query of a WITH, or of a table as it is called. */
function columnLists(nodes: readonly SqlTree[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const note = (name: string | undefined) => name !== undefined && counts.set(name, (counts.get(name) ?? 0) + 1);
  for (const { members } of nodes) {
    const { with: defined } = members;
    const ctes: unknown[] = isRecord(defined) && Array.isArray(defined.ctes) ? defined.ctes : [];
    ctes.filter(isRecord).forEach(({ alias, columns }) => holdsSome(columns) && note(nameIn(alias)));
    if (holdsSome(members.column_aliases) || holdsSome(members.alias_columns)) note(aliasIn(members.alias));
  }
  return counts;
}

/** The parser gives the name of a LATERAL as text, without the quotes that it may have. */
const aliasIn = (alias: unknown) => (typeof alias === 'string' ? alias.toUpperCase() : nameIn(alias));

function calledInText(sql: string, columnsOf: ReadonlyMap<string, number>): string[] {
  const solid = readTokens(sql).filter(({ kind }) => kind !== 'space');
  const counts = new Map<string, number>();
  solid.forEach((token, index) => {
    const [before, after] = [solid[index - 1]?.text, solid[index + 1]?.text];
    if (after !== '(' || before === '.' || before === '::') return;
    const name = nameOfToken(token);
    if (name === undefined || BUILTIN_FUNCTIONS.has(name)) return;
    if (token.kind === 'word' && WORDS_BEFORE_PARENTHESES.has(name)) return;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  });
  return [...counts].filter(([name, count]) => count > (columnsOf.get(name) ?? 0)).map(([name]) => name);
}

function nameOfToken({ kind, text }: SqlToken): string | undefined {
  if (kind === 'quoted') return text.slice(1, -1).replaceAll('""', '"');
  return kind === 'word' ? text.toUpperCase() : undefined;
}

function calledInTree(nodes: readonly SqlTree[]): string[] {
  const grouping = new Set(nodes.flatMap(({ members }) => groupedBy(members.group_by)));
  return nodes.flatMap(({ kind, members }) => {
    if (kind !== 'function' || grouping.has(members)) return [];
    const name = nameIn(members) ?? '';
    return BUILTIN_FUNCTIONS.has(name) || name === 'TABLE' ? [] : [name];
  });
}

/** The parser reads ROLLUP (…) and its like, which stand right in a GROUP BY, as functions. */
function groupedBy(clause: unknown): unknown[] {
  if (!isRecord(clause) || !Array.isArray(clause.expressions)) return [];
  const called = clause.expressions.filter(isRecord).map((one: Record<string, unknown>) => one.function);
  return called.filter((one) => isRecord(one) && /^(ROLLUP|CUBE|GROUPING SETS)$/i.test(String(one.name)));
}

const holdsSome = (list: unknown) => Array.isArray(list) && list.length > 0;

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
