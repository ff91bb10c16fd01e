import { z } from 'zod';
import { columnField, nameField } from '../kit/fields';
import { columnNamed, columnsAt, missingColumn, problem, repeatedColumns } from '../kit/column-checks';
import { areComparable } from '../kit/column-types';
import { itemsAt, short, textAt } from '../kit/half-filled';
import type { NodeDefinition } from '../kit/node-definition';
import { commonSettings } from '../kit/node-settings';
import { type JoinedColumn, joinedColumns } from './joined-columns';
import { columnFrom, madeOf, rowsFrom } from '../kit/lineage-sources';

const config = z
  .strictObject({
    how: z
      .enum(['inner', 'left', 'right', 'full', 'cross'])
      .default('inner')
      .meta({
        ui: {
          label: 'Keep',
          options: {
            inner: 'Rows that match on both sides',
            left: 'All rows of the left side',
            right: 'All rows of the right side',
            full: 'All rows of both sides',
            cross: 'Every pair of rows',
          },
        },
      }),
    on: z
      .array(
        z.strictObject({
          left: columnField({ label: 'Left column', port: 'left' }),
          right: columnField({ label: 'Right column', port: 'right' }),
        }),
      )
      .max(50)
      .default([])
      .meta({
        ui: {
          label: 'Where they are equal',
          addLabel: 'Add key',
          visibleWhen: { field: 'how', in: ['inner', 'left', 'right', 'full'] },
        },
      }),
    suffix: nameField({
      label: 'Suffix',
      hint: 'For a right column whose name is taken; _RIGHT where none is given',
      placeholder: '_RIGHT',
    }).optional(),
    ...commonSettings,
  })
  .superRefine(({ how, on }, context) => {
    if (how !== 'cross' && on.length === 0) {
      context.addIssue({ code: 'custom', path: ['on'], message: 'Choose the columns that have to be equal' });
    }
    if (how === 'cross' && on.length > 0) {
      context.addIssue({ code: 'custom', path: ['on'], message: 'A cross join has no columns that have to be equal' });
    }
  });

export type ShapeJoinConfig = z.infer<typeof config>;

/** Puts the rows of two inputs side by side. */
export const shapeJoin: NodeDefinition<ShapeJoinConfig> = {
  type: 'shape.join',
  group: 'shape',
  title: 'Join',
  description: 'Puts matching rows of two inputs side by side.',
  icon: 'merge',
  inputs: [
    { id: 'left', kind: 'relation', label: 'left' },
    { id: 'right', kind: 'relation', label: 'right' },
  ],
  outputs: [{ id: 'out', kind: 'relation' }],
  config,
  initialConfig: { how: 'inner' },
  summary(config) {
    const how = textAt(config, 'how') || 'inner';
    const keys = itemsAt(config, 'on').map((key) => {
      const [left, right] = [textAt(key, 'left') || '?', textAt(key, 'right') || '?'];
      return left === right ? left : `${left} = ${right}`;
    });
    if (how === 'cross') return 'Every pair of rows';
    return keys.length === 0 ? `${how} · no key yet` : short(`${how} · ${keys.join(', ')}`);
  },
  check(config, context) {
    const [left, right] = [columnsAt(context, 'left'), columnsAt(context, 'right')];
    const keys = config.on.flatMap((key, index) => {
      const [a, b] = [columnNamed(left, key.left), columnNamed(right, key.right)];
      return [
        ...missingColumn(left, key.left, `on.${index}.left`, 'The left input'),
        ...missingColumn(right, key.right, `on.${index}.right`, 'The right input'),
        ...(a && b && !areComparable(a.type, b.type)
          ? [problem('TYPE_MISMATCH', `on.${index}.right`, `“${a.name}” is ${a.type}, but “${b.name}” is ${b.type}`)]
          : []),
      ];
    });
    const names = joinedColumns(config, left ?? [], right ?? []).map((joined) => joined.column.name);
    return left && right ? [...keys, ...repeatedColumns(names, () => 'suffix')] : keys;
  },
  outputColumns(config, context) {
    const [left, right] = [columnsAt(context, 'left'), columnsAt(context, 'right')];
    return { out: left && right ? joinedColumns(config, left, right).map((joined) => joined.column) : undefined };
  },
  lineage(config, context) {
    const joined = joinedColumns(config, columnsAt(context, 'left') ?? [], columnsAt(context, 'right') ?? []);
    const sources = ({ from }: JoinedColumn) =>
      'both' in from
        ? [columnFrom(from.both, 'left'), columnFrom(from.both, 'right')]
        : [columnFrom(from.name, from.side)];
    const keys = config.on.flatMap(({ left, right }) => [columnFrom(left, 'left'), columnFrom(right, 'right')]);
    return {
      columns: new Map(joined.map((one) => [one.column.name, madeOf(sources(one))])),
      rows: madeOf([rowsFrom('left'), rowsFrom('right')], keys),
    };
  },
  examples: [
    {
      title: 'Orders with their customers',
      config: { how: 'inner', on: [{ left: 'O_CUSTKEY', right: 'C_CUSTKEY' }] },
    },
    { title: 'Every pair', config: { how: 'cross', on: [] } },
  ],
};
