import { askedWorkflow } from '../../testing/asked-workflow';
import { liveRun, nodeRun, planStep } from '../../testing/live-run';
import { answersOf, awaitsValues, toldOf, wordsOf } from './answers';
import { citationsOf } from './citations';

const definition = askedWorkflow();
const plan = [
  planStep('s1', ['orders', 'listed'], 'SELECT * FROM ORDERS'),
  { ...planStep('s2', ['ask']), kind: 'action' as const },
  { ...planStep('s3', ['reply']), kind: 'action' as const },
];
const run = liveRun({
  plan,
  nodes: {
    orders: nodeRun('succeeded', { step: 's1', queryId: 'q-1' }),
    listed: nodeRun('succeeded', { step: 's1', queryId: 'q-1', rowCount: 12 }),
    ask: nodeRun('succeeded', { value: { answer: 'Twelve', sql: 'SELECT 12' }, valueBytes: 20 }),
    reply: nodeRun('succeeded', { value: { answer: 'Twelve' }, valueBytes: 10 }),
  },
});

describe('The answers of a run', () => {
  it('are what its outputs gave, in the order of the document', () => {
    expect(answersOf(run, definition)).toMatchObject([
      { nodeId: 'listed', kind: 'rows', rowCount: 12 },
      { nodeId: 'reply', kind: 'value', value: { answer: 'Twelve' } },
    ]);
  });

  it('wait for values that events left out', () => {
    const unread = { ...run, nodes: { ...run.nodes, reply: nodeRun('succeeded') } };
    expect([awaitsValues(unread, definition), awaitsValues(run, definition)]).toEqual([true, false]);
    expect(answersOf(unread, definition).map(({ nodeId }) => nodeId)).toEqual(['listed']);
  });

  it('are told to later questions in words, and of rows only how many', () => {
    expect(toldOf(answersOf(run, definition))).toBe('(listed: 12 rows)\n\nTwelve');
  });

  it('are words where a value has some, else JSON', () => {
    expect(['hi', 3, null, { text: 'Read' }, { a: 1 }].map(wordsOf)).toEqual([
      'hi',
      '3',
      'null',
      'Read',
      '```json\n{\n  "a": 1\n}\n```',
    ]);
  });
});

describe('What an answer rests on', () => {
  it('is the statements that were sent, with the tables of their plan, and the SQL that nodes were given', () => {
    expect(citationsOf(run, definition)).toEqual([
      { step: 's1', title: 'Statement 1', sql: 'SELECT * FROM ORDERS', sources: ['SALES.CORE.ORDERS'] },
      { title: 'SQL of ask', sql: 'SELECT 12', sources: [] },
    ]);
  });

  it('is nothing that was never sent', () => {
    expect(citationsOf(liveRun({ plan, nodes: { listed: nodeRun('skipped') } }), definition)).toEqual([]);
  });
});
