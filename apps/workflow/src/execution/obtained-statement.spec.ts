import { documentOf, result } from '../testing/documents';
import { RunPilot } from '../testing/run-pilot';
import { startWorkflowBench, type Person, type WorkflowBench } from '../testing/workflow-bench';

describe('A step that obtains its statement', () => {
  let bench: WorkflowBench;
  let pilot: RunPilot;
  let runner: Person;

  beforeAll(async () => {
    bench = await startWorkflowBench();
    runner = await bench.signIn();
    pilot = new RunPilot(bench, runner);
    await bench.startWorker();
  }, 60_000);
  afterAll(() => bench?.stop());

  const analyst = {
    id: 'a',
    type: 'ai.analyst',
    config: {
      database: 'DEMO',
      schema: 'PUBLIC',
      view: 'SALES_MODEL',
      question: 'How many?',
      columns: [{ name: 'N', type: 'NUMBER(38,0)' }],
    },
  };
  const definition = documentOf([analyst, result('r')], ['a -> r']);
  const answers = (content: object[]) => {
    bench.snowflake.cortex = () => ({ message: { role: 'analyst', content } });
  };

  it('asks Analyst in the context of the run, runs its SQL as a statement, and later steps read the result of that', async () => {
    answers([
      { type: 'text', text: 'Read so' },
      { type: 'sql', statement: 'SELECT COUNT(*) AS N FROM OBTAINED' },
    ]);
    const run = await pilot.runToEnd({ definition });
    expect(run).toMatchObject({ status: 'succeeded', nodes: { a: { rowCount: 3 }, r: { rowCount: 3 } } });
    const [asked] = bench.snowflake.cortexAsked;
    expect(asked).toMatchObject({
      service: 'analyst',
      runId: run.id,
      body: { semantic_view: 'DEMO.PUBLIC.SALES_MODEL' },
    });
    const [sent] = bench.snowflake.of('OBTAINED');
    expect(sent?.sql).toContain('CAST("N" AS NUMBER(38,0)) AS "N" FROM (SELECT COUNT(*) AS N FROM OBTAINED');
    expect(bench.snowflake.of('RESULT_SCAN').at(-1)?.binds).toEqual([sent?.queryId]);
  });

  it('searches in the context of the run, and hands on what was found as a value; no statement is sent', async () => {
    bench.snowflake.cortex = () => ({ results: [{ TITLE: 'Late', TOPIC: null }] });
    const config = {
      database: 'DEMO',
      schema: 'PUBLIC',
      service: 'HELP_SEARCH',
      query: 'late',
      columns: ['TITLE', 'TOPIC'],
      filter: '{ "@eq": { "TOPIC": "shipping" } }',
    };
    const run = await pilot.runToEnd({ definition: documentOf([{ id: 's', type: 'ai.search', config }], []) });
    expect(run).toMatchObject({ status: 'succeeded', nodes: { s: { status: 'succeeded' } } });
    expect(bench.snowflake.cortexAsked.at(-1)).toMatchObject({
      service: 'search',
      runId: run.id,
      search: { database: 'DEMO', schema: 'PUBLIC', name: 'HELP_SEARCH' },
      body: { query: 'late', columns: ['TITLE', 'TOPIC'], filter: { '@eq': { TOPIC: 'shipping' } }, limit: 10 },
    });
  });

  it.each([
    [
      [
        { type: 'text', text: 'Not understood' },
        { type: 'suggestions', suggestions: ['Other?'] },
      ],
    ],
    [[{ type: 'sql', statement: 'DELETE FROM NEVER_SENT' }]],
    [[{ type: 'sql', statement: 'SELECT 1 INTO NEVER_SENT' }]],
    [[{ type: 'sql', statement: 'SELECT FROM FROM NEVER_SENT' }]],
  ])('sends nothing where the answer is no SELECT: %j', async (content) => {
    answers(content);
    const run = await pilot.runToEnd({ definition });
    expect(run).toMatchObject({ status: 'failed', nodes: { a: { status: 'failed' } } });
    expect(bench.snowflake.of('NEVER_SENT')).toEqual([]);
  });
});
