import fc from 'fast-check';
import { drawPicture, PICTURE } from './template-picture';

const node = (id: string, x: number, y: number, type = 'source.table') => ({ id, type, label: id, x, y });

describe('The picture of a template', () => {
  it('stands as the canvas does: what is right of another is right of it, what is below is below', () => {
    const graph = {
      nodes: [node('a', 0, 0), node('b', 320, 160, 'shape.join')],
      edges: [{ source: 'a', target: 'b' }],
    };
    const { nodes, edges, words } = drawPicture(graph);
    const [a, b] = nodes;
    expect(a).toMatchObject({ id: 'a', group: 'source' });
    expect(b).toMatchObject({ id: 'b', group: 'shape' });
    expect(b?.x).toBeGreaterThan((a?.x ?? 0) + (a?.width ?? 0));
    expect(b?.y).toBeGreaterThan((a?.y ?? 0) + (a?.height ?? 0));
    expect(edges).toHaveLength(1);
    expect(words).toBe('2 steps: a, b');
  });

  it('shows a type that it does not know, and an empty graph', () => {
    expect(drawPicture({ nodes: [node('x', 0, 0, 'none.such')], edges: [] }).nodes[0]?.group).toBe('unknown');
    expect(drawPicture({ nodes: [], edges: [] })).toEqual({ nodes: [], edges: [], words: 'An empty workflow' });
  });

  it('keeps every node within itself, wherever it stands on the canvas', () => {
    const place = fc.integer({ min: -1_000_000, max: 1_000_000 });
    fc.assert(
      fc.property(fc.array(fc.tuple(place, place), { minLength: 1, maxLength: 30 }), (places) => {
        const { nodes } = drawPicture({ nodes: places.map(([x, y], index) => node(`n${index}`, x, y)), edges: [] });
        for (const { x, y, width, height } of nodes) {
          expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
          expect(x + width).toBeLessThanOrEqual(PICTURE.width);
          expect(y + height).toBeLessThanOrEqual(PICTURE.height);
        }
      }),
      { numRuns: 200 },
    );
  });
});
