import { z } from 'zod';
import { scalarValue } from '../kit/comparison';
import { columnField, nameField } from '../kit/fields';
import { takesColumn, takesFrame, WINDOW_FUNCTIONS, WINDOW_NAMES } from './window-functions';

const shownFor = (functions: readonly string[]) => ({ visibleWhen: { field: 'function', in: functions } });
const AROUND = { visibleWhen: { field: 'frame', in: ['moving'] } };

const rowsAround = z.int().min(0).max(1_000_000);

/** One function over the window. What a function has no use for may stand there: a form keeps it while one tries another function. */
export const windowFunctionField = z
  .strictObject({
    function: z
      .enum(WINDOW_FUNCTIONS)
      .default('rowNumber')
      .meta({ ui: { label: 'Function', options: WINDOW_NAMES } }),
    column: columnField({
      hint: '“Count” without a column counts rows',
      ...shownFor(WINDOW_FUNCTIONS.filter((name) => takesColumn(name) !== 'never')),
    }).optional(),
    buckets: z
      .int()
      .min(1)
      .max(1_000_000)
      .optional()
      .meta({ ui: { label: 'Buckets', placeholder: ' ', ...shownFor(['ntile']) } }),
    offset: z
      .int()
      .min(0)
      .max(1_000_000)
      .optional()
      .meta({ ui: { label: 'Rows away', placeholder: '1', ...shownFor(['lag', 'lead']) } }),
    default: scalarValue.optional().meta({
      ui: { widget: 'value', label: 'Where there is no such row', ...shownFor(['lag', 'lead']) },
    }),
    frame: z
      .enum(['all', 'running', 'moving'])
      .optional()
      .meta({
        ui: {
          label: 'Rows it looks at',
          options: { all: 'All of the partition', running: 'Up to this row', moving: 'Some around this row' },
          ...shownFor(WINDOW_FUNCTIONS.filter(takesFrame)),
        },
      }),
    preceding: rowsAround.optional().meta({ ui: { label: 'Rows before it', placeholder: '0', ...AROUND } }),
    following: rowsAround.optional().meta({ ui: { label: 'Rows after it', placeholder: '0', ...AROUND } }),
    as: nameField({ label: 'Name' }),
  })
  .superRefine(({ function: name, column, buckets, frame, preceding, following }, context) => {
    const fault = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
    if (takesColumn(name) === 'always' && column === undefined) fault('column', 'Choose a column');
    if (name === 'ntile' && buckets === undefined) fault('buckets', 'Say how many buckets');
    if (takesFrame(name) && frame === 'moving' && preceding === undefined && following === undefined) {
      fault('preceding', 'Say how many rows before or after it');
    }
  });

export type OverWindow = z.infer<typeof windowFunctionField>;
