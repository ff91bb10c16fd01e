import { columnNamed } from '../kit/column-checks';
import type { Operator } from '../kit/comparison';
import { inputAt, picking } from '../kit/relations';
import { identifier, join, sql, SqlFragment, trusted } from '../kit/sql/sql-fragment';
import { columnsNamed } from '../kit/sql/columns-named';
import { DeclaredParameters, expressionFragment } from '../kit/sql/sql-text';
import type { Relation, SqlNode } from '../kit/sql-node';
import { valueFragment } from '../kit/value-fragment';
import type { FilterCondition, ShapeFilterConfig } from './shape-filter.definition';

const COMPARISONS: Partial<Record<Operator, string>> = {
  eq: '=',
  ne: '<>',
  gt: '>',
  gte: '>=',
  lt: '<',
  lte: '<=',
  like: 'LIKE',
  ilike: 'ILIKE',
};
const FUNCTIONS: Partial<Record<Operator, string>> = {
  contains: 'CONTAINS',
  startsWith: 'STARTSWITH',
  endsWith: 'ENDSWITH',
};

/** WHERE over the input. */
export const shapeFilterSql: SqlNode<ShapeFilterConfig> = {
  type: 'shape.filter',
  compose(config, inputs, { parameters, needed }) {
    const input = inputAt(inputs, 'in');
    const { conditions = [], expression, match } = config;
    if (expression !== undefined) return picking(input, [expressionFragment(expression, parameters)], needed);
    const all = conditions.map((one) => conditionFragment(one, input, parameters));
    const isOneOfMany = match === 'any' && all.length > 1;
    return picking(input, [isOneOfMany ? sql`(${join(all, ' OR ')})` : join(all, ' AND ')], needed);
  },
  columnsNeeded({ conditions = [], expression }, inputs, { needed }) {
    const { columns } = inputAt(inputs, 'in');
    const asked = expression === undefined ? conditions.map(({ column }) => column) : columnsNamed(expression, columns);
    return { in: [{ ...needed, columns: new Set([...needed.columns, ...asked]) }] };
  },
};

function conditionFragment(condition: FilterCondition, input: Relation, parameters: DeclaredParameters): SqlFragment {
  const { operator } = condition;
  const column = identifier(condition.column);
  const type = columnNamed(input.columns, condition.column)?.type ?? '';
  const values = [condition.value ?? []].flat().map((value) => valueFragment(type, value, parameters));
  if (operator === 'isNull') return sql`${column} IS NULL`;
  if (operator === 'isNotNull') return sql`${column} IS NOT NULL`;
  if (operator === 'in') return sql`${column} IN (${join(values)})`;
  if (operator === 'notIn') return sql`${column} NOT IN (${join(values)})`;
  if (operator === 'between') return sql`${column} BETWEEN ${join(values, ' AND ')}`;
  const called = FUNCTIONS[operator];
  if (called !== undefined) return sql`${trusted(called)}(${column}, ${join(values)})`;
  return sql`${column} ${trusted(COMPARISONS[operator] ?? '=')} ${join(values)}`;
}
