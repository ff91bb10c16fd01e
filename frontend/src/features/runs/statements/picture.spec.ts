import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import * as fc from 'fast-check';
import { liveRun, nodeRun } from '../../../testing/live-run';
import { NODE_HEIGHT, NODE_WIDTH, pictureOf } from './picture';

type Place = [id: string, x: number, y: number];
const document = (places: Place[], edges: [string, string][] = []): WorkflowDocument => ({
  schemaVersion: 1,
  name: 'Drawn',
  description: '',
  parameters: [],
  nodes: places.map(([id, x, y]) => ({ id, type: 'shape.filter', label: id, position: { x, y }, config: {} })),
  edges: edges.map(([source, target], index) => ({
    id: `e${index}`,
    source,
    target,
    sourcePort: 'out',
    targetPort: 'in',
  })),
  notes: [],
  groups: [],
});
const place = fc.integer({ min: -100_000, max: 100_000 });

describe('The picture of the statements', () => {
  it('has all nodes inside, wherever they are drawn', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(place, place), { minLength: 1, maxLength: 20 }), (points) => {
        const places = points.map(([x, y], index): Place => [`n${index}`, x, y]);
        const nodes = Object.fromEntries(places.map(([id]) => [id, nodeRun('pending')]));
        const picture = pictureOf(document(places), liveRun({ nodes, plan: [] }));
        expect(picture?.nodes).toHaveLength(places.length);
        const box = picture?.box ?? { x: 0, y: 0, width: 0, height: 0 };
        for (const { x, y } of picture?.nodes ?? []) {
          expect([x > box.x, y > box.y]).toEqual([true, true]);
          expect([x + NODE_WIDTH < box.x + box.width, y + NODE_HEIGHT < box.y + box.height]).toEqual([true, true]);
        }
      }),
    );
  });

  it('tells edges inside a statement from those between two', () => {
    const drawn = document(
      [
        ['orders', 0, 0],
        ['dear', 300, 0],
        ['written', 600, 0],
        ['new', 900, 0],
      ],
      [
        ['orders', 'dear'],
        ['dear', 'written'],
        ['written', 'new'],
      ],
    );
    const picture = pictureOf(drawn, liveRun());
    expect(picture?.edges.map(({ statement }) => statement)).toEqual(['s1', undefined]);
    expect(picture?.nodes.map(({ id, statement }) => [id, statement?.number])).toEqual([
      ['orders', 1],
      ['dear', 1],
      ['written', 2],
    ]);
  });

  it('is not drawn where the workflow has none of the nodes any more', () => {
    expect(pictureOf(document([['other', 0, 0]]), liveRun())).toBeUndefined();
  });
});
