import { isFields } from '../hide-secrets';

/** A node of the earlier SnowFlow; what it was set up with lay in `data`, of whatever form. */
export interface LegacyNode {
  id: string;
  type: string;
  label: string;
  position: { x: number; y: number };
  data: Readonly<Record<string, unknown>>;
}

export interface LegacyEdge {
  source: string;
  target: string;
  handle: string;
}

export interface LegacyFlow {
  name: string;
  description: string;
  nodes: LegacyNode[];
  edges: LegacyEdge[];
}

/** Whether a value is a flow of the earlier SnowFlow: nodes and edges, and no version of ours. */
export const looksLegacy = (value: unknown): value is Record<string, unknown> =>
  isFields(value) && Array.isArray(value['nodes']) && !Object.hasOwn(value, 'schemaVersion');

/** Takes what is there: nothing in such a file is certain, and nothing of it may stop the rest. */
export function readLegacy(value: Record<string, unknown>): LegacyFlow {
  const nodes = listAt(value, 'nodes').map((node, at) => readNode(node, at));
  const edges = listAt(value, 'edges').map((edge) => ({
    source: wordAt(edge, 'source'),
    target: wordAt(edge, 'target'),
    handle: wordAt(edge, 'sourceHandle'),
  }));
  return {
    name: plain(textIn(value, 'name'), 200).trim() || 'Imported flow',
    description: plain(textIn(value, 'description'), 10_000),
    nodes,
    edges,
  };
}

function readNode(node: unknown, at: number): LegacyNode {
  const fields = isFields(node) ? node : {};
  const data = isFields(fields['data']) ? fields['data'] : {};
  const type = plain(wordAt(fields, 'type') || wordAt(data, 'type'), 64) || 'unknown';
  const { x, y } = isFields(fields['position']) ? fields['position'] : {};
  return {
    id: wordAt(fields, 'id') || `node-${at + 1}`,
    type,
    label: plain(textIn(data, 'label') || textIn(fields, 'label'), 200).trim(),
    position: { x: pixel(x, at * 280), y: pixel(y, 0) },
    data,
  };
}

/** A text without what no text of a workflow has: NUL, and letters that turn its direction. */
export const plain = (text: string, most: number): string =>
  // oxlint-disable-next-line no-control-regex -- NUL is what is taken out
  text.replaceAll(/[\u0000\u202A-\u202E\u2066-\u2069]/g, '').slice(0, most);

/** The first of the fields that holds a text. */
export function textIn(fields: unknown, ...names: readonly string[]): string {
  for (const name of names) {
    const value = isFields(fields) && Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (typeof value === 'string') return value.replaceAll('\0', '');
  }
  return '';
}

export function numberIn(fields: unknown, name: string): number | undefined {
  const value = isFields(fields) ? fields[name] : undefined;
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

export function listAt(fields: unknown, name: string): unknown[] {
  const value = isFields(fields) ? fields[name] : undefined;
  return Array.isArray(value) ? (value as unknown[]) : [];
}

function wordAt(fields: unknown, name: string): string {
  const value = isFields(fields) ? fields[name] : undefined;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

const MOST_PIXELS = 1_000_000;
const pixel = (value: unknown, otherwise: number) =>
  typeof value === 'number' && Math.abs(value) <= MOST_PIXELS ? Math.round(value) + 0 : otherwise;
