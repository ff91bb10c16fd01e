import { Document, isScalar, Scalar, visit } from 'yaml';
import { canonical, compare } from './canonical';
import type { TransferFile } from './transfer-file';

export type TransferFormat = 'json' | 'yaml';

/** The order in which people read a workflow; keys that are not listed follow, sorted. */
const KEY_ORDER: Readonly<Record<string, readonly string[]>> = {
  file: ['snowflow', 'workflows'],
  workflows: ['key', 'name', 'description', 'tags', 'parameters', 'nodes', 'edges', 'notes', 'groups'],
  parameters: ['name', 'type', 'default', 'description'],
  nodes: ['id', 'type', 'label', 'position', 'disabled', 'config'],
  edges: ['id', 'source', 'sourcePort', 'target', 'targetPort'],
  notes: ['id', 'text', 'position', 'size'],
  groups: ['id', 'name', 'nodes'],
};
/** Below here keys mean what a node makes of them, and are sorted. */
const SORTED_BELOW = new Set(['config', 'default']);

/** Texts that would read back as something else, or not be the same bytes again, where they stood bare. */
const ESCAPED =
  // oxlint-disable-next-line no-control-regex -- these are the characters that must be escaped
  /[\u0000-\u0009\u000B-\u001F\u007F-\u00A0\u2028\u2029\uD800-\uDFFF\uFEFF\uFFFE\uFFFF]|[ \t](?:\n|$)|^[ \t\n]/;

/** The text of a file: always the same bytes for the same workflows, with LF and one at the end. */
export function writeFile(file: TransferFile, format: TransferFormat): string {
  const content = ordered({ ...file, workflows: file.workflows.map((one) => canonical(one)) }, 'file');
  return format === 'json' ? `${JSON.stringify(content, null, 2)}\n` : writeYaml(content);
}

function writeYaml(content: unknown): string {
  const document = new Document(content, { aliasDuplicateObjects: false });
  visit(document, {
    Scalar(_key, node) {
      if (isScalar(node) && typeof node.value === 'string' && ESCAPED.test(node.value)) node.type = Scalar.QUOTE_DOUBLE;
    },
  });
  return document.toString({ lineWidth: 0, doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER });
}

function ordered(value: unknown, place: string | undefined): unknown {
  if (Array.isArray(value)) return value.map((item) => ordered(item, place));
  if (typeof value === 'number') return value + 0;
  if (typeof value !== 'object' || value === null) return value;
  const first = (place === undefined ? undefined : KEY_ORDER[place]) ?? [];
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  const rank = (key: string) => (first.includes(key) ? first.indexOf(key) : first.length);
  entries.sort(([a], [b]) => rank(a) - rank(b) || compare(a, b));
  return Object.fromEntries(entries.map(([key, inner]) => [key, ordered(inner, placeBelow(place, key))]));
}

function placeBelow(place: string | undefined, key: string): string | undefined {
  if (place === undefined || SORTED_BELOW.has(key)) return undefined;
  if (place === 'file' || place === 'workflows') return Object.hasOwn(KEY_ORDER, key) ? key : undefined;
  return undefined;
}
