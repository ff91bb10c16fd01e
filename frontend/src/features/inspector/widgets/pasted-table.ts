import { familyOf } from '@snowflow/nodes/kit/column-types';
import { delimitedRows, type PastedCell } from './delimited-rows';
import { parsedScalar, valueKindOf } from './scalar-text';

export type GridCell = string | number | boolean | null;

export interface GridColumn {
  name: string;
  type: string;
}

export interface GridTable {
  columns: GridColumn[];
  rows: GridCell[][];
}

/** A table from text: JSON (a list of objects or of lists), or rows of a sheet or CSV. Undefined where there is none in it. */
export function pastedTable(text: string): GridTable | undefined {
  const lines = jsonRows(text) ?? delimitedRows(text);
  const width = Math.max(0, ...lines.map((line) => line.length));
  if (width === 0) return undefined;
  const even = lines.map((line) => Array.from({ length: width }, (_, index) => line[index] ?? null));
  const [first = [], ...rest] = even;
  const named = rest.length > 0 && isHeader(first);
  const rows = named ? rest : even;
  const names = uniqueNames(first.map((cell, index) => (named ? String(cell) : `C${index + 1}`)));
  const columns = names.map((name, index) => ({ name, type: typeOf(rows.map((row) => row[index] ?? null)) }));
  return { columns, rows: rows.map((row) => row.map((cell, index) => cellOf(cell, columns[index]?.type ?? ''))) };
}

/** What somebody typed or pasted, as a column of that type holds it. */
export function cellOf(cell: PastedCell, type: string): GridCell {
  if (typeof cell !== 'string') return familyOf(type) === 'text' && cell !== null ? String(cell) : cell;
  const kind = valueKindOf(type);
  return kind === 'boolean' ? parsedScalar(cell.toLowerCase(), kind) : parsedScalar(cell, kind);
}

function jsonRows(text: string): PastedCell[][] | undefined {
  if (!/^\s*\[/.test(text)) return undefined;
  const list = parsed(text);
  if (!Array.isArray(list)) return undefined;
  const items: unknown[] = list;
  if (items.every(Array.isArray)) return items.map((line: unknown[]) => line.map(jsonCell));
  const objects = items.flatMap((item) => (typeof item === 'object' && item !== null ? [item] : []));
  if (objects.length < items.length) return items.map((item) => [jsonCell(item)]);
  const keys = [...new Set(objects.flatMap((item) => Object.keys(item)))];
  return [
    keys,
    ...objects.map((item) => keys.map((key) => jsonCell(Object.hasOwn(item, key) ? Reflect.get(item, key) : null))),
  ];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What has parts becomes JSON text, for a VARIANT. */
function jsonCell(value: unknown): PastedCell {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return JSON.stringify(value);
}

const NUMBER = /^[+-]?(0|[1-9]\d{0,37})(\.\d+)?$/;
const KINDS: readonly (readonly [string, RegExp])[] = [
  ['BOOLEAN', /^(true|false)$/i],
  ['NUMBER', NUMBER],
  ['FLOAT', /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/],
  ['DATE', /^\d{4}-\d{2}-\d{2}$/],
  ['TIMESTAMP_NTZ', /^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?$/],
  ['VARIANT', /^[{[].*[}\]]$/s],
];

/** A number with leading zeros is a code, so it stays a text. */
function typeOf(cells: readonly PastedCell[]): string {
  const texts = cells.flatMap((cell) => (cell === null ? [] : [String(cell)]));
  if (texts.length === 0 || texts.some((text) => /^[+-]?0\d/.test(text))) return 'VARCHAR';
  const [kind = 'VARCHAR'] = KINDS.find(([, pattern]) => texts.every((text) => pattern.test(text))) ?? [];
  if (kind === 'VARIANT') return texts.every((text) => parsed(text) !== undefined) ? kind : 'VARCHAR';
  if (kind !== 'NUMBER') return kind;
  return `NUMBER(38,${Math.min(12, Math.max(...texts.map((text) => text.split('.')[1]?.length ?? 0)))})`;
}

/** The first line names the columns where all of it are different words and no values. */
function isHeader(cells: readonly PastedCell[]): boolean {
  const texts = cells.map((cell) => (typeof cell === 'string' ? cell.trim() : ''));
  const isWord = (text: string) => text !== '' && !KINDS.some(([, pattern]) => pattern.test(text));
  return texts.every(isWord) && new Set(texts).size === texts.length;
}

/** Names that need no quotes in SQL: upper case, without gaps. */
function uniqueNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name, index) => {
    const word = name
      .trim()
      .toUpperCase()
      .replaceAll(/[^\p{L}\p{N}_$]+/gu, '_')
      .slice(0, 200);
    const base = /^_*\p{L}/u.test(word) ? word : `C${index + 1}`;
    let free = base;
    for (let count = 2; taken.has(free); count++) free = `${base}_${count}`;
    taken.add(free);
    return free;
  });
}
