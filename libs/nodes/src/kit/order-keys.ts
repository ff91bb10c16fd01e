import { z } from 'zod';
import { columnField } from './fields';
import type { FieldHint } from './field-hints';

const orderKey = z.strictObject({
  column: columnField(),
  direction: z
    .enum(['asc', 'desc'])
    .default('asc')
    .meta({ ui: { widget: 'segmented', label: 'Direction', options: { asc: 'Rising', desc: 'Falling' } } }),
  nulls: z
    .enum(['first', 'last'])
    .optional()
    .meta({ ui: { label: 'Empty values', options: { first: 'First', last: 'Last' } } }),
});

/** Columns to order by, each with its direction. */
export function orderKeysField(ui: FieldHint) {
  return z
    .array(orderKey)
    .max(50)
    .meta({ ui: { addLabel: 'Add column', ...ui } });
}
