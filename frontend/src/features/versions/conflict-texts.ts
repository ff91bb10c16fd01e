import type { MergeConflict } from '@snowflow/engine/diff/merge-keyed';
import { sameJson } from '@snowflow/engine/diff/same-json';
import { definitionOf } from '../../store/node-definitions';

const MOST_LETTERS = 40;

const KINDS = {
  field: 'Workflow',
  parameter: 'Parameter',
  node: 'Node',
  edge: 'Connection',
  note: 'Note',
  group: 'Group',
} as const;

/** What a conflict is about, and what of each side differs from what both began with. */
export function conflictTexts({ kind, id, base, mine, theirs }: MergeConflict, nodes: ReadonlyMap<string, string>) {
  const label = labelOf(mine ?? theirs ?? base, nodes) ?? id;
  return { title: `${KINDS[kind]} ${label}`, mine: sideText(base, mine), theirs: sideText(base, theirs) };
}

/** By what a person knows a part: nobody has seen its id. */
function labelOf(part: unknown, nodes: ReadonlyMap<string, string>): string | undefined {
  if (typeof part !== 'object' || part === null) return undefined;
  if ('source' in part && 'target' in part)
    return [part.source, part.target].map((end) => nodes.get(String(end)) ?? String(end)).join(' → ');
  if ('text' in part && typeof part.text === 'string') return part.text.slice(0, MOST_LETTERS);
  if ('nodes' in part && 'name' in part && typeof part.name === 'string') return part.name;
  if ('label' in part && typeof part.label === 'string' && part.label) return part.label;
  if ('type' in part && typeof part.type === 'string') return definitionOf(part.type)?.title;
  return undefined;
}

function sideText(base: unknown, side: unknown): string {
  if (side === undefined) return 'Removed';
  if (typeof side !== 'object' || side === null) return textOf(side);
  const [was, is] = [fieldsOf(base), fieldsOf(side)];
  const keys = [...new Set([...was.keys(), ...is.keys()])].filter((key) => !sameJson(was.get(key), is.get(key)));
  return keys.map((key) => `${key}: ${is.has(key) ? textOf(is.get(key)) : 'removed'}`).join('\n') || 'As it was';
}

/** A node's settings beside its own fields; where it stands is no part of the question. */
function fieldsOf(part: unknown): Map<string, unknown> {
  if (typeof part !== 'object' || part === null) return new Map();
  const fields = new Map(Object.entries(part));
  const config: unknown = fields.get('config');
  for (const place of ['config', 'position', 'size']) fields.delete(place);
  if (typeof config === 'object' && config !== null) {
    for (const [key, value] of Object.entries(config)) fields.set(key, value);
  }
  return fields;
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
