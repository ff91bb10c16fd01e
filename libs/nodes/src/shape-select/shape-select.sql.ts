import { inputAt, pickOf } from '../kit/relations';
import { identifier, join, sql, SqlFragment } from '../kit/sql/sql-fragment';
import { columnsNamed } from '../kit/sql/columns-named';
import { DeclaredParameters, expressionFragment } from '../kit/sql/sql-text';
import type { Needed, OrderKey, Relation, SqlNode } from '../kit/sql-node';
import { SelectedColumn, selectedColumns, ShapeSelectConfig } from './shape-select.definition';

/** The chosen columns; where the order needs a column that is left out, that one comes along hidden. */
export const shapeSelectSql: SqlNode<ShapeSelectConfig> = {
  type: 'shape.select',
  compose(config, inputs, { parameters, needed }) {
    const input = inputAt(inputs, 'in');
    const selected = selectedColumns(config, input.columns);
    const { order, hidden } = needed?.order === false ? { order: [], hidden: [] } : orderAfter(input, selected);
    const shown = ofNeeded(selected, needed);
    if (hidden.length === 0 && shown.every(isAsItIs)) {
      return pickOf({ from: input, columns: shown.map(({ as }) => as), where: [] }, { order });
    }
    const list = [
      ...shown.map((item) => itemFragment(item, parameters)),
      ...hidden.map(({ column, as }) => sql`${identifier(column)} AS ${identifier(as)}`),
    ];
    return {
      query: sql`SELECT ${join(list)} FROM ${input.from}`,
      hidden: hidden.map(({ as }) => as),
      order,
    };
  },
  columnsNeeded(config, inputs, { needed }) {
    const { columns } = inputAt(inputs, 'in');
    const read = ofNeeded(selectedColumns(config, columns), needed).flatMap(({ source }) =>
      'column' in source ? source.column : columnsNamed(source.expression, columns),
    );
    return { in: [{ ...needed, columns: new Set(read) }] };
  },
};

function ofNeeded(selected: readonly SelectedColumn[], needed: Needed | undefined): readonly SelectedColumn[] {
  return needed ? selected.filter(({ as }) => needed.columns.has(as)) : selected;
}

const isAsItIs = ({ source, as }: SelectedColumn) => 'column' in source && source.column === as;

function itemFragment({ source, as }: SelectedColumn, parameters: DeclaredParameters): SqlFragment {
  if ('expression' in source) return sql`${expressionFragment(source.expression, parameters)} AS ${identifier(as)}`;
  if (source.column === as) return identifier(as);
  return sql`${identifier(source.column)} AS ${identifier(as)}`;
}

/** The input's order over the new names. */
function orderAfter(
  input: Relation,
  selected: readonly SelectedColumn[],
): { order: OrderKey[]; hidden: { column: string; as: string }[] } {
  const taken = new Set(selected.map((item) => item.as));
  const hidden: { column: string; as: string }[] = [];
  const order = input.order.map((key): OrderKey => {
    const visible = selected.find(({ source }) => 'column' in source && source.column === key.column);
    if (visible) return { ...key, column: visible.as };
    const again = hidden.find(({ column }) => column === key.column);
    if (again) return { ...key, column: again.as };
    const as = freshName(taken);
    hidden.push({ column: key.column, as });
    return { ...key, column: as };
  });
  return { order, hidden };
}

function freshName(taken: Set<string>): string {
  for (let number = 1; ; number++) {
    const name = `__order_${number}`;
    if (taken.has(name)) continue;
    taken.add(name);
    return name;
  }
}
