import { nearest } from '@snowflow/nodes/kit/nearest';
import type { Columns } from '@snowflow/nodes/kit/node-definition';
import { AGGREGATE_KINDS, DATE_PARTS, WITHOUT_PARENTHESES } from './sql-words';
import type { SqlFinding } from './sql-parser';
import { everyNode, nameIn, QUERY_KINDS, SqlTree } from './sql-tree';

type Over = { columns: Columns; kind: 'scalar' | 'aggregate' };

/** What is wrong with `SELECT (…)` whose parentheses should hold one expression over known columns. */
export function expressionFindings(statements: readonly SqlTree[], over: Over): SqlFinding[] {
  const [select] = statements;
  const items = select?.members.expressions;
  const isOne = statements.length === 1 && select?.kind === 'select' && Array.isArray(items) && items.length === 1;
  const [expression] = select?.children ?? [];
  if (!isOne || !expression || select.children.length > 1) return [invalid('Write one expression')];
  const shape = shapeFinding(expression);
  return shape ? [shape] : columnFindings(expression, over);
}

function shapeFinding(expression: SqlTree): SqlFinding | undefined {
  for (const { kind } of everyNode(expression)) {
    if (QUERY_KINDS.has(kind)) return invalid('An expression can’t hold a query');
    if (kind === 'star') return invalid('An expression gives one value; “*” would give many');
    if (kind === 'alias') return invalid('Name the column in the field beside it, not with AS');
    if (kind === 'stage_reference') return invalid('Stages can’t be read here');
  }
  return undefined;
}

function columnFindings(expression: SqlTree, over: Over): SqlFinding[] {
  const findings = new Map<string, SqlFinding>();
  const note = (finding: SqlFinding | undefined) => finding && findings.set(finding.message, finding);
  const walk = (node: SqlTree, at: { grouped: boolean; windowed: boolean; own: ReadonlySet<string> }): void => {
    if (node.kind === 'column') note(columnFinding(node, at, over));
    const aggregates = AGGREGATE_KINDS.has(node.kind);
    if (aggregates && over.kind === 'scalar' && !at.windowed) {
      note(invalid('This measures all rows at once; use an Aggregate node, or OVER (…) for each row'));
    }
    const below = {
      grouped: at.grouped || aggregates || MAY_AGGREGATE.has(node.kind),
      windowed: node.kind === 'window_function' || (at.windowed && PART_OF_A_CALL.has(node.kind)),
      own: node.kind === 'lambda' ? new Set([...at.own, ...parametersOf(node)]) : at.own,
    };
    belowOf(node).forEach((child) => walk(child, below));
  };
  walk(expression, { grouped: false, windowed: false, own: new Set() });
  return [...findings.values()];
}

/** A function the parser doesn't know may be an aggregate of the account's own. */
const MAY_AGGREGATE = new Set(['function', 'method_call', 'window_function', 'within_group']);

/** The parser reads SNOWFLAKE.CORTEX.COMPLETE(…) as a method of a column; what stands before the name is the function's schema. */
const belowOf = ({ kind, children: [first, ...rest], children }: SqlTree): readonly SqlTree[] =>
  kind === 'method_call' && first?.kind === 'column' ? rest : children;

/** What may stand between OVER and the function it belongs to. */
const PART_OF_A_CALL = new Set(['within_group', 'filter', 'ignore_nulls', 'respect_nulls', 'this']);

function columnFinding(
  node: SqlTree,
  at: { grouped: boolean; own: ReadonlySet<string> },
  over: Over,
): SqlFinding | undefined {
  const name = nameIn(node.members.name);
  const table = nameIn(node.members.table);
  if (name === undefined || at.own.has(name) || at.own.has(table ?? name)) return undefined;
  if (table !== undefined) {
    const message = `“${table}.${name}” names a table; write the column’s name alone`;
    return { code: 'UNKNOWN_COLUMN', message };
  }
  if (over.columns !== undefined && !over.columns.some((column) => column.name === name)) {
    return DATE_PARTS.has(name) || WITHOUT_PARENTHESES.has(name) ? undefined : unknownColumn(name, over.columns);
  }
  if (over.kind === 'aggregate' && !at.grouped) {
    return invalid(`“${name}” has a value in each row; measure it over all rows, as in MAX(${name})`);
  }
  return undefined;
}

function unknownColumn(name: string, columns: NonNullable<Columns>): SqlFinding {
  const names = columns.map((column) => column.name);
  const close = names.find((other) => other.toUpperCase() === name) ?? nearest(name, names);
  const written = close !== undefined && /^[A-Z_][A-Z0-9_$]*$/.test(close) ? close : `"${close ?? ''}"`;
  return {
    code: 'UNKNOWN_COLUMN',
    message: `The input has no column “${name}”`,
    ...(close === undefined ? {} : { suggestion: `Did you mean ${written}?` }),
  };
}

function parametersOf(lambda: SqlTree): string[] {
  const { parameters } = lambda.members;
  return Array.isArray(parameters) ? parameters.flatMap((parameter: unknown) => nameIn(parameter) ?? []) : [];
}

const invalid = (message: string): SqlFinding => ({ code: 'INVALID_SQL', message });
