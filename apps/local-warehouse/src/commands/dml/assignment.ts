import type { CatalogColumn, TableEntry } from '../../catalog/catalog-entries';
import { counterOf } from '../../catalog/catalog';
import { text as quoted } from '../../engine/quote';
import type { Name } from '../../parser/expression-tree';
import { parseStatement } from '../../parser/statement-parser';
import { castTo } from '../../sql/coercion';
import type { Environment } from '../../sql/environment';
import { duckdbType, maxTextLength, text } from '../../sql/snowflake-type';
import type { Typed } from '../../sql/typed';
import { invalidIdentifier, typeError, WarehouseError } from '../../statements/warehouse-error';

/** A value as a column takes it: too long a text is refused, never cut. */
export function assigned(value: Typed, column: CatalogColumn): string {
  const { type } = column;
  if (type.kind !== 'text' || type.length >= maxTextLength || value.isNull) return castTo(value, type).sql;
  const asText = castTo(value, text);
  const fits = value.type.kind === 'text' && value.type.length <= type.length;
  return fits ? asText.sql : `sf_fit(${asText.sql}, ${type.length}, '')`;
}

/** What a column gets when a statement gives it nothing. */
export function defaultValue(table: TableEntry, column: CatalogColumn, env: Environment): string {
  if (column.autoIncrement) return `CAST(nextval(${quoted(counterOf(table.physical))}) AS ${duckdbType(column.type)})`;
  if (column.default === undefined) return `CAST(NULL AS ${duckdbType(column.type)})`;
  const tree = parseStatement(`SELECT ${column.default}`);
  const item = tree.t === 'query' && tree.query.body.t === 'select' ? tree.query.body.items[0] : undefined;
  if (!item) throw typeError(`Invalid default of column ${column.name}`);
  return assigned(env.expression(item.expression), column);
}

/** The columns a statement writes, in its order; all of them where it names none. */
export function writtenColumns(table: TableEntry, names: readonly Name[]): readonly CatalogColumn[] {
  if (names.length === 0) return table.columns;
  const columns = names.map((name) => writtenColumn(table, name));
  if (new Set(columns).size < columns.length) throw typeError('duplicate column in the list of columns', names[0]?.at);
  return columns;
}

export function writtenColumn(table: TableEntry, { text: name, at }: Name): CatalogColumn {
  const column = table.columns.find((candidate) => candidate.name === name);
  if (!column) throw invalidIdentifier(name, at);
  return column;
}

/** DuckDB knows a table's columns by other names: its complaint about NULL is told in the table's own. */
export function inOwnNames(error: unknown, table: TableEntry): unknown {
  const [, physical] = /NOT NULL constraint failed: \S+?\.(\S+)/.exec(String(error)) ?? [];
  const column = table.columns.find((candidate) => candidate.physical === physical);
  if (!column) return error;
  return new WarehouseError(
    '100072',
    '22000',
    `NULL result in a non-nullable column '${column.name}'`,
    undefined,
    'EXECUTION',
  );
}
