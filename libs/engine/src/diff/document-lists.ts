import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';

/** A list of a document beside its graph, in both documents by what names its items. */
interface KeyedList {
  field: 'parameters' | 'notes' | 'groups';
  keyed: readonly [ReadonlyMap<string, unknown>, ReadonlyMap<string, unknown>];
}

/** The lists of two documents whose items are compared as wholes. */
export function listsOf(before: WorkflowDocument, after: WorkflowDocument): KeyedList[] {
  const keyed = (of: (document: WorkflowDocument) => [string, unknown][]) =>
    [new Map(of(before)), new Map(of(after))] as const;
  return [
    { field: 'parameters', keyed: keyed(({ parameters }) => parameters.map((one) => [one.name, one])) },
    { field: 'notes', keyed: keyed(({ notes }) => notes.map((one) => [one.id, withoutPlace(one)])) },
    { field: 'groups', keyed: keyed(({ groups }) => groups.map((one) => [one.id, one])) },
  ];
}

/** An element without where it stands. */
export function withoutPlace<Element extends { position: unknown; size?: unknown }>(
  element: Element,
): Omit<Element, 'position' | 'size'> {
  const { position: _position, size: _size, ...rest } = element;
  return rest;
}
