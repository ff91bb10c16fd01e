import { workflowDocument, type WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import fc from 'fast-check';
import { applyChanges } from './apply-changes';
import { diffDocuments } from './diff-documents';
import { documents, position } from '../testing/any-documents';
import { sameJson } from './same-json';

/** Without places, and without the order of what has none. */
function compared(document: WorkflowDocument) {
  const sorted = <T extends object>(items: readonly T[], key: (item: T) => string) =>
    [...items].sort((a, b) => key(a).localeCompare(key(b)));
  return {
    ...document,
    parameters: sorted(document.parameters, ({ name }) => name),
    nodes: sorted(document.nodes, (one) => one.id).map((one) => ({ ...one, position: null })),
    notes: sorted(document.notes, (one) => one.id).map((one) => ({ ...one, position: null })),
    groups: sorted(document.groups, (one) => one.id),
  };
}

const base = workflowDocument.parse({
  schemaVersion: 1,
  name: 'Orders',
  nodes: [
    {
      id: 'orders',
      type: 'source.table',
      position: { x: 0, y: 0 },
      config: { database: 'D', schema: 'S', table: 'T' },
    },
    { id: 'first', type: 'shape.limit', position: { x: 200, y: 0 }, config: { rows: 10 } },
  ],
  edges: [{ id: 'e1', source: 'orders', sourcePort: 'out', target: 'first', targetPort: 'in' }],
});

describe('The difference of two documents', () => {
  it('applied to the one gives the other, up to where things stand', () => {
    fc.assert(
      fc.property(documents, documents, (a, b) => {
        const applied = compared(applyChanges(diffDocuments(a, b), a));
        expect(sameJson(applied, compared(b))).toBe(true);
      }),
    );
  });

  it('is nothing for a document and itself, moved and with its nodes in another order', () => {
    fc.assert(
      fc.property(documents, position, (a, to) => {
        const moved = { ...a, nodes: a.nodes.map((one) => ({ ...one, position: to })).reverse() };
        expect(diffDocuments(a, moved)).toEqual([]);
      }),
    );
  });

  it('names the node and the field with both values', () => {
    const [orders, first] = base.nodes;
    const after = { ...base, nodes: [orders, { ...first, config: { rows: 20, offset: 5 } }] } as WorkflowDocument;
    expect(diffDocuments(base, after)).toEqual([
      { kind: 'changed', nodeId: 'first', field: 'config.rows', before: 10, after: 20 },
      { kind: 'added', nodeId: 'first', field: 'config.offset', after: 5 },
    ]);
  });

  it('tells what was removed as a whole', () => {
    const after = { ...base, nodes: base.nodes.slice(0, 1), edges: [] };
    expect(diffDocuments(base, after)).toEqual([
      {
        kind: 'removed',
        nodeId: 'first',
        before: { id: 'first', type: 'shape.limit', label: '', config: { rows: 10 } },
      },
      { kind: 'removed', edgeId: 'e1', before: base.edges[0] },
    ]);
  });
});
