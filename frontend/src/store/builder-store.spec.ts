import { createBuilderStore, documentOf, openWorkflow, redo, undo, type BuilderStore } from './builder-store';
import { portsOfNode } from './node-definitions';
import { selectLostPorts } from './selectors/lost-ports';

const empty = {
  schemaVersion: 1 as const,
  name: 'Orders',
  description: '',
  parameters: [],
  nodes: [],
  edges: [],
  notes: [],
  groups: [],
};

function opened(): BuilderStore {
  const store = createBuilderStore();
  openWorkflow({ id: 'wf_1', revision: 1, definition: empty }, store);
  return store;
}

const steps = (store: BuilderStore) => store.temporal.getState().pastStates.length;
const ids = (store: BuilderStore) => store.getState().nodes.map(({ id }) => id);
const links = (store: BuilderStore) => store.getState().edges.map(({ source, target }) => `${source}>${target}`);

describe('the builder store', () => {
  it('adds a node after another one and joins them', () => {
    const store = opened();
    const table = store.getState().addNode('source.table', {});
    const filter = store.getState().addNode('shape.filter', { after: table });
    expect(links(store)).toEqual(['table1>filter1']);
    expect(store.getState().selectedIds).toEqual([filter]);
    expect(store.getState().tabStop).toBe(filter);
  });

  it('joins a source in front of a node that waits for input', () => {
    const store = opened();
    const join = store.getState().addNode('shape.join', {});
    store.getState().addNode('source.table', { after: join });
    expect(links(store)).toEqual(['table1>join1']);
    const [joined, table] = store.getState().nodes;
    expect(table?.position.x).toBeLessThan(joined?.position.x ?? 0);
  });

  it('puts a node into an edge', () => {
    const store = opened();
    const table = store.getState().addNode('source.table', {});
    store.getState().addNode('output.result', { after: table });
    store.getState().addNode('shape.sort', { edge: 'e1', at: { x: 10, y: 10 } });
    expect(links(store).toSorted()).toEqual(['sort1>result1', 'table1>sort1']);
  });

  it('undoes and redoes one edit at a time', () => {
    const store = opened();
    store.getState().addNode('source.table', {});
    store.getState().addNode('source.sql', {});
    undo(store);
    expect(ids(store)).toEqual(['table1']);
    expect(store.getState().selectedIds).toEqual(['table1']);
    redo(store);
    expect(ids(store)).toEqual(['table1', 'sql1']);
  });

  it('takes typing in one field as one step and the next field as another', () => {
    const store = opened();
    const id = store.getState().addNode('source.sql', {});
    const before = steps(store);
    for (const sql of ['S', 'SE', 'SEL']) store.getState().setConfig(id, { sql }, 'sql');
    store.getState().setLabel(id, 'Mine');
    expect(steps(store)).toBe(before + 2);
    undo(store);
    expect(store.getState().nodes[0]?.data).toMatchObject({ label: 'SQL query', config: { sql: 'SEL' } });
    undo(store);
    expect(store.getState().nodes[0]?.data.config).toEqual({});
  });

  it('takes leaving a field as the end of the step', () => {
    const store = opened();
    const id = store.getState().addNode('source.sql', {});
    const before = steps(store);
    store.getState().setConfig(id, { sql: 'A' }, 'sql');
    store.getState().endBurst();
    store.getState().setConfig(id, { sql: 'AB' }, 'sql');
    expect(steps(store)).toBe(before + 2);
  });

  it('takes a drag as one step, and selecting and measuring as none', () => {
    const store = opened();
    const id = store.getState().addNode('source.table', {});
    const before = steps(store);
    const { changeNodes } = store.getState();
    changeNodes([{ type: 'dimensions', id, dimensions: { width: 196, height: 52 } }]);
    changeNodes([{ type: 'select', id, selected: true }]);
    for (const x of [10, 20, 30]) changeNodes([{ type: 'position', id, position: { x, y: 0 }, dragging: true }]);
    changeNodes([{ type: 'position', id, position: { x: 30, y: 0 }, dragging: false }]);
    changeNodes([{ type: 'position', id, position: { x: 90, y: 0 }, dragging: true }]);
    expect(steps(store)).toBe(before + 2);
    undo(store);
    expect(store.getState().nodes[0]?.position).toEqual({ x: 30, y: 0 });
    undo(store);
    expect(store.getState().nodes[0]?.position).toEqual({ x: 0, y: 0 });
  });

  it('remembers a hundred steps', () => {
    const store = opened();
    for (let count = 0; count < 130; count++) {
      store.getState().rename(`Name ${count}`);
      store.getState().endBurst();
    }
    expect(steps(store)).toBe(100);
  });

  it('leaves the neighbours of a deleted node connected', () => {
    const store = opened();
    const table = store.getState().addNode('source.table', {});
    const filter = store.getState().addNode('shape.filter', { after: table });
    store.getState().addNode('output.result', { after: filter });
    store.getState().select([filter]);
    expect(store.getState().removeSelection()).toBe(1);
    expect(links(store)).toEqual(['table1>result1']);
    undo(store);
    expect(links(store)).toEqual(['table1>filter1', 'filter1>result1']);
  });

  it('pastes what was copied under new ids, with its inner edges', () => {
    const store = opened();
    const table = store.getState().addNode('source.table', {}, { config: { table: 'ORDERS' } });
    store.getState().addNode('shape.filter', { after: table });
    store.getState().selectAll();
    const text = store.getState().copySelection() ?? '';
    const other = opened();
    expect(other.getState().paste(text, { x: 100, y: 100 })).toBe(true);
    expect(other.getState().paste(text, { x: 100, y: 300 })).toBe(true);
    expect(links(other)).toEqual(['table1>filter1', 'table2>filter2']);
    expect(other.getState().nodes[0]).toMatchObject({
      position: { x: 100, y: 100 },
      data: { config: { table: 'ORDERS' } },
    });
    expect(other.getState().paste('not a fragment')).toBe(false);
  });

  it('joins nodes at ports that follow from their configs, and keeps the edges of those that are gone', () => {
    const store = opened();
    const table = store.getState().addNode('source.table', {});
    const sql = store.getState().addNode('shape.sql', { after: table });
    const inputs = () => store.getState().edges.map(({ targetHandle }) => targetHandle);
    const lost = () => {
      const data = store.getState().nodes.find(({ id }) => id === sql)?.data;
      return data && selectLostPorts(sql, 'target', portsOfNode(data).inputs)(store.getState());
    };
    expect([inputs(), lost()]).toEqual([['input'], []]);
    store.getState().setConfig(sql, { inputs: ['orders', 'nations'] }, 'inputs');
    expect([inputs(), lost()]).toEqual([['input'], ['input']]);
    store.getState().connect({ source: table, sourceHandle: 'out', target: sql, targetHandle: 'nations' });
    store.getState().connect({ source: table, sourceHandle: 'out', target: sql, targetHandle: 'nobody' });
    expect([inputs(), lost()]).toEqual([['input', 'nations'], ['input']]);
    store.getState().setConfig(sql, { inputs: ['input'] }, 'inputs');
    expect(lost()).toEqual(['nations']);
  });

  it('has an error port where a node’s failure goes on', () => {
    const store = opened();
    const filter = store.getState().addNode('shape.filter', {});
    const outputs = () => store.getState().nodes.flatMap(({ data }) => portsOfNode(data).outputs.map(({ id }) => id));
    expect(outputs()).toEqual(['out']);
    store.getState().setConfig(filter, { onError: 'branch' }, 'onError');
    expect(outputs()).toEqual(['out', 'error']);
  });

  it('gives the document back as it was opened', () => {
    const store = createBuilderStore();
    const definition = {
      ...empty,
      parameters: [{ name: 'segment', type: 'string' as const, default: 'BUILDING' }],
      nodes: [
        { id: 'a', type: 'source.table', label: 'A', position: { x: 1, y: 2 }, config: { table: 'T' }, disabled: true },
        { id: 'b', type: 'made.up', label: 'B', position: { x: 3, y: 4 }, config: {} },
      ],
      edges: [{ id: 'x', source: 'a', sourcePort: 'out', target: 'b', targetPort: 'in' }],
    };
    openWorkflow({ id: 'wf_1', revision: 1, definition }, store);
    expect(documentOf(store.getState())).toEqual(definition);
  });

  it('keeps the parameters of the workflow as a part of the document, and undoes them', () => {
    const store = opened();
    store.getState().setParameters([{ name: 'question', type: 'string', default: '' }]);
    expect(documentOf(store.getState()).parameters).toHaveLength(1);
    undo(store);
    expect(documentOf(store.getState()).parameters).toEqual([]);
  });

  it('keeps undo from going back before the workflow was opened', () => {
    const store = opened();
    expect(steps(store)).toBe(0);
    undo(store);
    expect(store.getState().name).toBe('Orders');
  });
});
