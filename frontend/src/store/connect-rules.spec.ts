import { canvasEdge, canvasNode, type CanvasEdge, type CanvasNode } from './canvas-elements';
import { carriedKind, refusal } from './connect-rules';

const node = (id: string, type: string): CanvasNode =>
  canvasNode({ id, type, label: id, position: { x: 0, y: 0 }, config: {} });
const edge = (source: string, target: string, targetPort = 'in', sourcePort = 'out'): CanvasEdge =>
  canvasEdge({ id: `${source}-${target}-${targetPort}`, source, sourcePort, target, targetPort });

const nodes = [
  node('table', 'source.table'),
  node('filter', 'shape.filter'),
  node('sort', 'shape.sort'),
  node('union', 'shape.union'),
  node('choice', 'logic.condition'),
  node('result', 'output.result'),
];
const wanted = (source: string, target: string, sourceHandle = 'out') => ({
  source,
  sourceHandle,
  target,
  targetHandle: 'in',
});

describe('what may be connected', () => {
  it('joins ports of the same kind', () => {
    expect(refusal({ nodes, edges: [] }, wanted('table', 'filter'))).toBeUndefined();
  });
  it('takes one edge into an input, unless it takes many', () => {
    const edges = [edge('table', 'filter'), edge('table', 'union')];
    expect(refusal({ nodes, edges }, wanted('sort', 'filter'))).toBe('This input has a connection');
    expect(refusal({ nodes, edges }, wanted('sort', 'union'))).toBeUndefined();
  });
  it('refuses the same edge twice', () => {
    expect(refusal({ nodes, edges: [edge('table', 'union')] }, wanted('table', 'union'))).toBe('Already connected');
  });
  it('refuses loops, short and long', () => {
    const edges = [edge('filter', 'sort'), edge('sort', 'choice')];
    expect(refusal({ nodes, edges }, wanted('filter', 'filter'))).toBe('A node cannot feed itself');
    expect(refusal({ nodes, edges }, wanted('choice', 'filter', 'true'))).toBe('This would make a loop');
  });
  it('refuses a node without an input', () => {
    expect(refusal({ nodes, edges: [] }, wanted('filter', 'table'))).toBe('There is no input here');
  });
  it('knows what a node that passes its input on carries', () => {
    expect(carriedKind({ nodes, edges: [] }, 'choice', 'true')).toBe('either');
    expect(carriedKind({ nodes, edges: [edge('table', 'choice')] }, 'choice', 'true')).toBe('relation');
  });
});
