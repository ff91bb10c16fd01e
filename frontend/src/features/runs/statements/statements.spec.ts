import { liveRun, nodeRun, planStep } from '../../../testing/live-run';
import { nodesWithRows } from '../details/nodes-with-rows';
import { lineOf, statementOf, statementsOf } from './statements';

describe('The statements of a run', () => {
  it('have the state, the query and the rows of the node that ends them', () => {
    expect(
      statementsOf(liveRun()).map(({ number, endsAt, status, queryId, run }) => [
        number,
        endsAt,
        status,
        queryId,
        run?.rowCount,
      ]),
    ).toEqual([
      [1, 'dear', 'succeeded', 'q-1', 12],
      [2, 'written', 'succeeded', 'q-2', 12],
    ]);
  });

  it('give a node that several need to the one it ran in', () => {
    const run = liveRun({
      plan: [planStep('s1', ['orders', 'dear']), planStep('s2', ['orders', 'written'])],
      nodes: { orders: nodeRun('running', { step: 's2' }), dear: nodeRun('pending'), written: nodeRun('pending') },
    });
    expect([statementOf(run, 'orders')?.number, statementOf(run, 'dear')?.number]).toEqual([2, 1]);
    expect(statementOf(run, 'unknown')).toBeUndefined();
  });

  it('count the lines of SQL from 1', () => {
    expect([lineOf('SELECT\n  A\nFROM T', 2), lineOf('SELECT', 9)]).toEqual(['A', undefined]);
  });
});

describe('The nodes whose rows can be read', () => {
  it('end a statement, are done, and write no table', () => {
    const typeOf = (id: string) => (id === 'written' ? 'output.table' : 'shape.filter');
    expect(nodesWithRows(liveRun(), typeOf)).toEqual(['dear']);
    expect(nodesWithRows(liveRun({ nodes: { dear: nodeRun('failed') } }), typeOf)).toEqual([]);
  });
});
