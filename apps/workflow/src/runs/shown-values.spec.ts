import { randomBytes } from 'node:crypto';
import { KeyRing } from '@snowflow/platform/security/key-ring';
import { sealOutcome } from '../execution/sealed-outcome';
import { documentOf, table } from '../testing/documents';
import { startWorkflowBench, type Person, type WorkflowBench } from '../testing/workflow-bench';
import { RunStartService } from './run-start.service';
import { RunsService } from './runs.service';
import { shownValues } from './shown-values';

describe('Values of steps', () => {
  let bench: WorkflowBench;
  let person: Person;

  beforeAll(async () => {
    bench = await startWorkflowBench();
    person = await bench.signIn();
    await bench.startWorker();
    bench.snowflake.when('BROKEN', (statement) => bench.snowflake.fail(statement, 'CANARY-value is not recognized'));
  }, 60_000);
  afterAll(() => bench?.stop());

  const answer = { id: 'answer', type: 'output.response', config: { format: 'json' } };
  const start = async (definition: Record<string, unknown>) => {
    const { runId } = await bench.as(person, () => bench.service.get(RunStartService).start({ definition }));
    return bench.ended(person, runId);
  };

  it('are shown to who ran it, and stand in no event', async () => {
    const broken = { ...table('broken'), config: { ...table('broken').config, onError: 'branch' } };
    const run = await start(documentOf([broken, answer], ['broken.error -> answer']));
    const value = { code: '100038', message: 'CANARY-value is not recognized' };
    expect(run).toMatchObject({
      status: 'succeeded',
      nodes: { answer: { status: 'succeeded', value, valueBytes: JSON.stringify(value).length } },
    });
    const { events } = await bench.as(person, () =>
      bench.service.get(RunsService).events({ id: run.id, after: 0, limit: 500 }),
    );
    expect(events.length).toBeGreaterThan(0);
    expect(JSON.stringify(events)).not.toContain('CANARY');
  });

  it('are none of a response that a relation reaches: its rows are read by query id', async () => {
    const run = await start(documentOf([table('t'), answer], ['t -> answer']));
    expect(run.nodes['answer']).toMatchObject({ rowCount: 3, queryId: expect.any(String) });
    expect(run.nodes['answer']).not.toHaveProperty('value');
  });

  it('are left where they rest above 64 KiB, and only their size is told', () => {
    const sealer = new KeyRing(`k1:${randomBytes(32).toString('base64')}`);
    const stored = [65_534, 65_535].map((length, index) =>
      sealOutcome(sealer, 'ten_1', `s${index}`, { state: 'succeeded', ms: 1, value: 'x'.repeat(length) }),
    );
    const values = shownValues(sealer, 'ten_1', stored);
    expect(values.get('s0')).toMatchObject({ valueBytes: 65_536, value: expect.any(String) });
    expect(values.get('s1')).toEqual({ valueBytes: 65_537 });
  });
});
