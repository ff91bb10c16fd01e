import { z } from 'zod';

type JsonSchema = Record<string, unknown>;

/** The schema that a text spells; undefined where it is none. */
export function schemaOf(text: string): JsonSchema | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? (parsed as JsonSchema) : undefined;
  } catch {
    return undefined;
  }
}

/** What is wrong with a schema of answers; undefined where nothing is that can be told before a model is asked. */
export function schemaFault(text: string): string | undefined {
  const schema = schemaOf(text);
  if (!schema) return 'This is no JSON object. Write a JSON schema';
  if (schema['type'] !== 'object') return 'Models answer with an object: let the schema begin with "type": "object"';
  try {
    z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]);
    return undefined;
  } catch (error) {
    return `This JSON schema can’t be used: ${error instanceof Error ? error.message : 'it is not understood'}`;
  }
}

/** An answer's value, or what it breaks of its schema. */
export function checkedAnswer<Value>(schema: JsonSchema, value: Value): { value: Value } | { fault: string } {
  const result = z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]).safeParse(value);
  if (result.success) return { value };
  const faults = result.error.issues.map(({ path, message }) => `${path.join('.') || 'the answer'}: ${message}`);
  return { fault: faults.slice(0, 5).join('; ') };
}
