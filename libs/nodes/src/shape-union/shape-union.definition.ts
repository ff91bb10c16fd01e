import { z } from 'zod';
import type { CheckContext, Columns, NodeDefinition } from '../kit/node-definition';
import { commonSettings } from '../kit/node-settings';
import { unitedColumns, unionProblems } from './united-columns';
import { columnNamed } from '../kit/column-checks';
import type { LineageSource } from '../kit/lineage';
import { columnFrom, madeOf, rowsFrom } from '../kit/lineage-sources';

const config = z.strictObject({
  all: z
    .boolean()
    .default(true)
    .meta({ ui: { label: 'Keep repeated rows' } }),
  byName: z
    .boolean()
    .default(true)
    .meta({ ui: { label: 'Match columns by name', hint: 'Off: by position' } }),
  ...commonSettings,
});

export type ShapeUnionConfig = z.infer<typeof config>;

function inputsOf(context: CheckContext): readonly Columns[] {
  return context.inputs.in ?? [];
}

/** Puts the rows of several inputs under each other. */
export const shapeUnion: NodeDefinition<ShapeUnionConfig> = {
  type: 'shape.union',
  group: 'shape',
  title: 'Union',
  description: 'Puts the rows of several inputs under each other.',
  icon: 'rows-3',
  inputs: [{ id: 'in', kind: 'relation', many: true }],
  outputs: [{ id: 'out', kind: 'relation' }],
  config,
  initialConfig: { all: true, byName: true },
  summary: (config) =>
    `${config.all === false ? 'Different rows' : 'All rows'}, by ${config.byName === false ? 'position' : 'name'}`,
  check: (config, context) => unionProblems(config, inputsOf(context)),
  outputColumns: (config, context) => ({ out: unitedColumns(config, inputsOf(context)) }),
  lineage(config, context) {
    const inputs = inputsOf(context);
    const united = unitedColumns(config, inputs) ?? [];
    const sources = (name: string, place: number): LineageSource[] =>
      inputs.flatMap((columns, edge) => {
        const column = config.byName ? columnNamed(columns, name) : columns?.[place];
        return column ? [columnFrom(column.name, 'in', edge)] : [];
      });
    const columns = new Map(united.map(({ name }, place) => [name, madeOf(sources(name, place))]));
    const compared = config.all ? [] : [...columns.values()].flatMap(({ value }) => value);
    return {
      columns,
      rows: madeOf(
        inputs.map((_, edge) => rowsFrom('in', edge)),
        compared,
      ),
    };
  },
  examples: [
    { title: 'All rows, columns matched by name', config: { all: true, byName: true } },
    { title: 'Different rows, by position', config: { all: false, byName: false } },
  ],
};
