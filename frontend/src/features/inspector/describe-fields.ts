import type { FieldHint } from '@snowflow/nodes/kit/field-hints';
import { z } from 'zod';

/** One field of a form, as read from a zod schema. */
export interface FieldSpec {
  /** The key in its object; empty for an array's item. */
  name: string;
  kind: 'text' | 'number' | 'boolean' | 'enum' | 'object' | 'array' | 'free';
  required: boolean;
  hint: FieldHint;
  defaultValue?: unknown;
  /** Of an enum. */
  options?: readonly string[];
  /** Of an object. */
  fields?: readonly FieldSpec[];
  /** Of an array. */
  item?: FieldSpec;
}

interface Unwrapped {
  schema: z.core.$ZodType;
  required: boolean;
  hint: FieldHint;
  defaultValue?: unknown;
}

/** The schema inside of optional, default and the like; the outermost hint wins field by field. */
function unwrapped(outer: z.core.$ZodType): Unwrapped {
  let schema = outer;
  let required = true;
  let hint: FieldHint = {};
  let defaultValue: unknown;
  for (;;) {
    hint = { ...z.globalRegistry.get(schema)?.ui, ...hint };
    if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) {
      defaultValue = schema.def.defaultValue;
      required = false;
      schema = schema.def.innerType;
    } else if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) {
      required = false;
      schema = schema.def.innerType;
    } else if (schema instanceof z.ZodPipe) {
      schema = schema.def.in;
    } else {
      return { schema, required, hint, ...(defaultValue === undefined ? {} : { defaultValue }) };
    }
  }
}

/** What a form needs to know of one schema. A kind of schema that no widget is made for becomes a text field. */
function describeField(name: string, outer: z.core.$ZodType): FieldSpec {
  const { schema, ...rest } = unwrapped(outer);
  const spec = { name, ...rest };
  if (schema instanceof z.ZodObject) return { ...spec, kind: 'object', fields: describeFields(schema) };
  if (schema instanceof z.ZodArray) return { ...spec, kind: 'array', item: describeField('', schema.def.element) };
  if (schema instanceof z.ZodEnum) return { ...spec, kind: 'enum', options: schema.options.map(String) };
  if (schema instanceof z.ZodNumber) return { ...spec, kind: 'number' };
  if (schema instanceof z.ZodBoolean) return { ...spec, kind: 'boolean' };
  if (schema instanceof z.ZodString) return { ...spec, kind: 'text' };
  return { ...spec, kind: 'free' };
}

/** The fields of an object schema, in its order; none for a schema that is not an object. */
export function describeFields(schema: z.core.$ZodType): FieldSpec[] {
  const object = unwrapped(schema).schema;
  if (!(object instanceof z.ZodObject)) return [];
  return Object.entries<z.core.$ZodType>(object.shape).map(([name, field]) => describeField(name, field));
}

/** What a field is called: its label, else its key in words. */
export function labelOf({ name, hint }: FieldSpec): string {
  if (hint.label) return hint.label;
  const words = name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
