import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { definitions } from '@snowflow/nodes/definitions';
import type { NodeDefinition, Port } from '@snowflow/nodes/kit/node-definition';
import { z } from 'zod';

/** A field of a config's JSON schema, as far as its row in a table needs it. */
interface Field {
  type?: string;
  enum?: unknown[];
  default?: unknown;
  items?: Field;
  anyOf?: Field[];
  ui?: { label?: string; hint?: string; advanced?: boolean };
}

const root = process.cwd();
const target = join(root, 'docs/nodes');

function page(definition: NodeDefinition): string {
  const folder = definition.type.replace('.', '-');
  const help = readFileSync(join(root, 'libs/nodes/src', folder, `${folder}.md`), 'utf8').trim();
  const schema = z.toJSONSchema(definition.config, { io: 'input' });
  const fields = Object.entries((schema.properties ?? {}) as Record<string, Field>);
  const rows = fields.map(([name, field]) => {
    const required = schema.required?.includes(name) ? 'yes' : '';
    const meaning = [field.ui?.label, field.ui?.hint].filter(Boolean).join('. ');
    return `| \`${name}\` | ${typeOf(field)} | ${required} | ${valueOf(field.default)} | ${escaped(meaning)} |`;
  });
  const examples = definition.examples.map(
    ({ title, config }) => `**${title}**\n\n\`\`\`json\n${JSON.stringify(config, undefined, 2)}\n\`\`\``,
  );
  return [
    `<!-- Made by npm run docs:nodes from libs/nodes/src/${folder}. -->`,
    help,
    `Type \`${definition.type}\` · ${ports('in', definition.inputs)} · ${ports('out', definition.outputs)}${definition.dynamicPorts ? ' · ports follow from the settings' : ''}`,
    '## Settings',
    ['| key | type | needed | default | meaning |', '|---|---|---|---|---|', ...rows].join('\n'),
    '## Examples',
    ...examples,
  ].join('\n\n');
}

function ports(side: 'in' | 'out', list: readonly Port[]): string {
  if (list.length === 0) return `no ports ${side}`;
  return `${side}: ${list.map((port) => `\`${port.id}\` (${port.kind}${port.many ? ', many' : ''})`).join(', ')}`;
}

function typeOf(field: Field): string {
  if (field.enum) return field.enum.map((one) => `\`${String(one)}\``).join(', ');
  if (field.items) return `list of ${typeOf(field.items)}`;
  if (field.anyOf) return [...new Set(field.anyOf.map(typeOf))].join(' or ');
  return field.type ?? 'any';
}

function valueOf(value: unknown): string {
  return value === undefined ? '' : `\`${JSON.stringify(value)}\``;
}

function escaped(text: string): string {
  return text.replaceAll('|', '\\|');
}

mkdirSync(target, { recursive: true });
const list = [...definitions.values()];
for (const definition of list) writeFileSync(join(target, `${definition.type}.md`), `${page(definition)}\n`);
const index = list.map(({ type, title, description }) => `| [${title}](${type}.md) | \`${type}\` | ${description} |`);
const head = '# Node types\n\n| node | type | what it does |\n|---|---|---|';
writeFileSync(join(target, 'README.md'), `<!-- Made by npm run docs:nodes. -->\n\n${head}\n${index.join('\n')}\n`);
