import { z } from 'zod';
import type { FieldHint } from './field-hints';
import { identifierFault } from './sql/quote-identifier';

/** Marks an issue that is INVALID_IDENTIFIER rather than INVALID_CONFIG. */
export const INVALID_IDENTIFIER = { code: 'INVALID_IDENTIFIER' } as const;

/** A name that becomes a quoted identifier: any text Snowflake allows between quotes. */
export function nameField(ui: FieldHint) {
  return z
    .string()
    .superRefine((name, context) => {
      const fault = identifierFault(name);
      if (fault !== undefined) context.addIssue({ code: 'custom', message: fault, params: INVALID_IDENTIFIER });
    })
    .meta({ ui });
}

/** The name of a column of an input. */
export function columnField(ui: FieldHint = {}) {
  return nameField({ widget: 'column', label: 'Column', ...ui });
}

/** Names of columns of an input. */
export function columnsField(ui: FieldHint = {}) {
  return z.array(columnField()).meta({ ui: { widget: 'columns', ...ui } });
}

/** One Snowflake scalar expression. */
export function expressionField(ui: FieldHint = {}) {
  return z
    .string()
    .trim()
    .min(1, 'Write an expression')
    .max(20_000)
    .meta({ ui: { widget: 'expression', label: 'Expression', ...ui } });
}

/** The three names of a table; `tableHint` describes the last. */
export function tableFields(tableHint: FieldHint) {
  return {
    database: nameField({ widget: 'database', label: 'Database' }),
    schema: nameField({ widget: 'schema', label: 'Schema' }),
    table: nameField({ widget: 'table', label: 'Table', ...tableHint }),
  };
}
