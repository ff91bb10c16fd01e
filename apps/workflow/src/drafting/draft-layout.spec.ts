import { workflowDocument, type WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import fc from 'fast-check';
import { withPlaces } from './draft-layout';

const id = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
const NOWHERE = { x: 0, y: 0 };
const graphs = fc
  .record({ ids: fc.uniqueArray(id), pairs: fc.array(fc.tuple(id, id)), known: fc.uniqueArray(id) })
  .map(({ ids, pairs, known }): { before: WorkflowDocument; after: WorkflowDocument } => {
    const node = (one: string, position = NOWHERE) => ({ id: one, type: 't', position });
    const edges = pairs.map(([source, target], index) => ({
      id: `e${index}`,
      source,
      sourcePort: 'out',
      target,
      targetPort: 'in',
    }));
    const old = new Map(known.map((one, index) => [one, node(one, { x: index * 300, y: 0 })]));
    const base = { schemaVersion: 1, name: 'n' };
    return {
      before: workflowDocument.parse({ ...base, nodes: [...old.values()] }),
      after: workflowDocument.parse({ ...base, nodes: ids.map((one) => old.get(one) ?? node(one)), edges }),
    };
  });

describe('The places of a draft', () => {
  it('move nothing that was there and put no new node on another, also where there is a cycle', () => {
    fc.assert(
      fc.property(graphs, ({ before, after }) => {
        const known = new Map(before.nodes.map((one) => [one.id, one.position]));
        const { nodes } = withPlaces(after, before);
        for (const { id: one, position } of nodes) {
          const was = known.get(one);
          if (was) expect(position).toEqual(was);
          else {
            const others = nodes.filter((other) => other.id !== one);
            expect(
              others.some(
                (other) =>
                  Math.abs(other.position.x - position.x) < 196 && Math.abs(other.position.y - position.y) < 78,
              ),
            ).toBe(false);
          }
        }
      }),
    );
  });

  it('go from left to right', () => {
    const edges = [
      ['a', 'b'],
      ['b', 'c'],
    ].map(([source, target], index) => ({ id: `e${index}`, source, sourcePort: 'out', target, targetPort: 'in' }));
    const document = workflowDocument.parse({
      schemaVersion: 1,
      name: 'n',
      nodes: ['c', 'b', 'a'].map((one) => ({ id: one, type: 't', position: NOWHERE })),
      edges,
    });
    const { nodes } = withPlaces(document, { ...document, nodes: [] });
    expect(nodes.map(({ id: one, position }) => [one, position.x])).toEqual([
      ['c', 520],
      ['b', 260],
      ['a', 0],
    ]);
  });
});
