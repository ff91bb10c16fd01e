import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';

/** A place in a document: a parameter's default, or a field of a node's config with dots between. */
export type TemplatePath =
  { kind: 'parameter'; name: string } | { kind: 'config'; nodeId: string; field: readonly string[] };

/** Names that lead from an object to what is not its own. */
const FOREIGN = new Set(['__proto__', 'constructor', 'prototype']);

/** Undefined for what names no such place in any document. */
export function parsePath(text: string): TemplatePath | undefined {
  const [root, name, ...rest] = text.split('.');
  if (!name || rest.some((part) => part === '' || FOREIGN.has(part))) return undefined;
  if (root === 'parameters') return rest.length === 0 ? { kind: 'parameter', name } : undefined;
  const [config, ...field] = rest;
  return root === 'nodes' && config === 'config' && field.length > 0
    ? { kind: 'config', nodeId: name, field }
    : undefined;
}

/** What stands at a place; undefined where nothing does. */
export function valueAt(document: WorkflowDocument, path: TemplatePath): unknown {
  if (path.kind === 'parameter') return document.parameters.find(({ name }) => name === path.name)?.default;
  const node = document.nodes.find(({ id }) => id === path.nodeId);
  return path.field.reduce<unknown>(memberOf, node?.config);
}

/** Whether a document has the place: its parameter, or all that leads to the last part of the field. */
export function hasPlace(document: WorkflowDocument, path: TemplatePath): boolean {
  if (path.kind === 'parameter') return document.parameters.some(({ name }) => name === path.name);
  const node = document.nodes.find(({ id }) => id === path.nodeId);
  const parent = path.field.slice(0, -1).reduce<unknown>(memberOf, node?.config);
  const last = path.field.at(-1) ?? '';
  return Array.isArray(parent) ? /^\d{1,4}$/.test(last) && Number(last) < parent.length : isObject(parent);
}

/** Writes into the document, which must have the place. */
export function putAt(document: WorkflowDocument, path: TemplatePath, value: unknown): void {
  if (path.kind === 'parameter') {
    const parameter = document.parameters.find(({ name }) => name === path.name);
    if (parameter) parameter.default = value as typeof parameter.default;
    return;
  }
  const node = document.nodes.find(({ id }) => id === path.nodeId);
  const parent = path.field.slice(0, -1).reduce<unknown>(memberOf, node?.config);
  const last = path.field.at(-1);
  if (isObject(parent) && last !== undefined) parent[last] = value;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

function memberOf(value: unknown, name: string): unknown {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}
