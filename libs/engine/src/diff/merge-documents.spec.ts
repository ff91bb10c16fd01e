import { workflowDocument, type WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import fc from 'fast-check';
import { documents } from '../testing/any-documents';
import { mergeDocuments } from './merge-documents';
import { sameJson } from './same-json';

const node = (id: string, more: object = {}) => ({ id, type: 'shape.limit', position: { x: 0, y: 0 }, ...more });
const edge = (source: string, target: string) => ({
  id: `${source}_${target}`,
  source,
  sourcePort: 'out',
  target,
  targetPort: 'in',
});
const documentOf = (nodes: object[], edges: object[] = []): WorkflowDocument =>
  workflowDocument.parse({ schemaVersion: 1, name: 'Orders', nodes, edges });
const limited = (rows: number) => ({ config: { rows } });

/** Changes to disjoint parts of one document: one side edits even elements, the other odd ones. */
const disjointEdits = fc
  .tuple(documents, fc.array(fc.nat(), { maxLength: 8 }))
  .map(([base, numbers]): [WorkflowDocument, WorkflowDocument, WorkflowDocument] => {
    const edited = (parity: number): WorkflowDocument => ({
      ...base,
      nodes: [
        ...base.nodes.map((one, index) =>
          index % 2 === parity ? { ...one, config: { ...one.config, edited: [parity, ...numbers] } } : one,
        ),
        { id: `new${parity}`, type: 'shape.limit', label: '', position: { x: 0, y: 0 }, config: {} },
      ],
      notes: base.notes.filter((_, index) => index % 2 !== parity),
    });
    return [base, edited(0), edited(1)];
  });

describe('A merge of two changed documents', () => {
  it('is the one that changed where the other did not', () => {
    fc.assert(
      fc.property(documents, documents, (base, a) => {
        for (const merged of [
          mergeDocuments(base, a, base),
          mergeDocuments(base, base, a),
          mergeDocuments(base, a, a),
        ]) {
          expect(merged.conflicts).toEqual([]);
          expect(merged.dropped).toEqual([]);
          expect(sameJson(merged.document, a)).toBe(true);
        }
      }),
    );
  });

  it('is the same whoever merges, without a question, where they changed different things', () => {
    fc.assert(
      fc.property(disjointEdits, ([base, a, b]) => {
        const [one, other] = [mergeDocuments(base, a, b), mergeDocuments(base, b, a)];
        expect(one.conflicts).toEqual([]);
        expect(sameJson(one.document, other.document)).toBe(true);
        const ids = one.document.nodes.map(({ id }) => id);
        expect(ids).toEqual(expect.arrayContaining(['new0', 'new1']));
      }),
    );
  });

  it('always is a document, whatever is merged and chosen', () => {
    fc.assert(
      fc.property(documents, documents, documents, fc.boolean(), (base, mine, theirs, takeMine) => {
        const side = takeMine ? 'mine' : 'theirs';
        const { conflicts } = mergeDocuments(base, mine, theirs);
        const choices = new Map(conflicts.map(({ key }) => [key, side] as const));
        const { document } = mergeDocuments(base, mine, theirs, choices);
        expect(workflowDocument.safeParse(document).success).toBe(true);
        expect(mergeDocuments(base, mine, theirs, choices).conflicts).toEqual(conflicts);
      }),
    );
  });

  it('asks about a node that both changed, with both values, and takes what is chosen', () => {
    const [base, mine, theirs] = [10, 20, 30].map((rows) => documentOf([node('first', limited(rows))]));
    if (!base || !mine || !theirs) throw new Error('Three documents were made');
    const { conflicts, document } = mergeDocuments(base, mine, theirs);
    expect(conflicts).toMatchObject([{ key: 'node:first', kind: 'node', mine: limited(20), theirs: limited(30) }]);
    expect(document.nodes[0]).toMatchObject(limited(20));
    const chosen = mergeDocuments(base, mine, theirs, new Map([['node:first', 'theirs']]));
    expect(chosen.document.nodes[0]).toMatchObject(limited(30));
  });

  it('asks nothing about where nodes stand', () => {
    const at = (x: number) => documentOf([node('first', { position: { x, y: 0 } })]);
    expect(mergeDocuments(at(0), at(1), at(2))).toMatchObject({ conflicts: [], document: at(1) });
    expect(mergeDocuments(at(0), at(0), at(2))).toMatchObject({ document: at(2) });
  });

  it('leaves out a new connection to a node that the other side removed, and says so', () => {
    const base = documentOf([node('a'), node('b')]);
    const mine = documentOf([node('a'), node('b')], [edge('a', 'b')]);
    const theirs = documentOf([node('a')]);
    const { document, dropped } = mergeDocuments(base, mine, theirs);
    expect(document).toMatchObject({ nodes: [{ id: 'a' }], edges: [] });
    expect(dropped).toMatchObject([{ id: 'a_b' }]);
  });

  it('keeps the connections of a node that one side removed, the other changed, and that is chosen to stay', () => {
    const base = documentOf([node('a'), node('b', limited(1))], [edge('a', 'b')]);
    const mine = documentOf([node('a'), node('b', limited(2))], [edge('a', 'b')]);
    const theirs = documentOf([node('a')]);
    const kept = mergeDocuments(base, mine, theirs);
    expect(kept.document).toMatchObject({ nodes: [{ id: 'a' }, limited(2)], edges: [{ id: 'a_b' }] });
    const removed = mergeDocuments(base, mine, theirs, new Map([['node:b', 'theirs']]));
    expect(removed.document).toMatchObject({ nodes: [{ id: 'a' }], edges: [] });
  });
});
