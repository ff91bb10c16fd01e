import { definitions } from '@snowflow/nodes/definitions';
import { commonSettings } from '@snowflow/nodes/kit/node-settings';
import { z } from 'zod';

type Json = Record<string, unknown>;

const OF_EVERY_NODE = new Set(Object.keys(commonSettings));
/** They help a form, not a model. */
const OF_FORMS = new Set(['ui', '$schema']);

/** Every node type in words: what it does, its ports, the JSON schema of its config and an example. */
export function nodeGuide(): string {
  return (guide ??= [...definitions.values()]
    .map(({ type, description, inputs, outputs, config, examples }) => {
      const ports = (of: typeof inputs) =>
        of.map(({ id, kind, many, optional }) => `${id} ${kind}${many ? ' many' : ''}${optional ? ' optional' : ''}`);
      return [
        `## ${type}: ${description}`,
        `in: ${ports(inputs).join(', ') || 'none'}; out: ${ports(outputs).join(', ') || 'none'}`,
        `config: ${JSON.stringify(schemaOf(config))}`,
        `example: ${JSON.stringify(examples[0]?.config ?? {})}`,
      ].join('\n');
    })
    .join('\n\n'));
}

let guide: string | undefined;

function schemaOf(config: z.ZodType): unknown {
  const schema = z.toJSONSchema(config, { io: 'input', unrepresentable: 'any' }) as Json;
  const properties = Object.entries((schema['properties'] ?? {}) as Json).filter(([key]) => !OF_EVERY_NODE.has(key));
  return withoutHints({ ...schema, properties: Object.fromEntries(properties) });
}

/** `named`: the keys are names of fields, not words of the schema. */
function withoutHints(value: unknown, named = false): unknown {
  if (Array.isArray(value)) return value.map((one) => withoutHints(one));
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => named || !OF_FORMS.has(key));
  return Object.fromEntries(kept.map(([key, part]) => [key, withoutHints(part, !named && key === 'properties')]));
}
