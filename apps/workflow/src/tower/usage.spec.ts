import { newId } from '@snowflow/contracts/documents/new-id';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { UsageQuery } from '@snowflow/contracts/workflow/usage.dto';
import { WorkflowStore } from '../database/workflow-store';
import { type InsertedRun, insertRuns } from '../testing/inserted-runs';
import { startWorkflowBench, type Person, type WorkflowBench } from '../testing/workflow-bench';
import { attributedCredits } from './usage.sql';
import { UsageService } from './usage.service';

jest.setTimeout(30_000);

const from = '2026-03-01T00:00:00.000Z';
const to = '2026-03-08T00:00:00.000Z';
const range = { from: new Date(from), to: new Date(to) };

const run = (more: Partial<InsertedRun>): InsertedRun => ({
  at: new Date('2026-03-02T10:00:00Z'),
  status: 'succeeded',
  trigger: 'manual',
  person: 'ANA',
  workflowId: 'wf_1',
  revision: 1,
  warehouse: 'WH',
  statements: [{ state: 'succeeded', stats: { warehouseSize: 'Small', executeMs: 1_800_000, bytesScanned: 5 } }],
  tokens: [7],
  ...more,
});

describe('Usage', () => {
  let bench: WorkflowBench;
  let tenantId: string;
  let admin: Person;

  beforeAll(async () => {
    bench = await startWorkflowBench();
  });
  afterAll(() => bench?.stop());
  beforeEach(async () => {
    tenantId = newId('ten');
    admin = await bench.signIn(tenantId, {}, { appRole: 'admin' });
    await insertRuns(bench.service.get(WorkflowStore), tenantId, [
      run({}),
      run({ revision: 2, person: 'BEN' }),
      run({ workflowId: null, revision: null, trigger: 'schedule', statements: [] }),
    ]);
  });

  const read = (query: UsageQuery = {}, person = admin) =>
    bench.as(person, () => bench.service.get(UsageService).read({ from, to, ...query }));
  const refuseWith = (code: 'SQL_FAILED' | 'SNOWFLAKE_ACCESS_DENIED' | 'SNOWFLAKE_SESSION_ENDED') => {
    bench.snowflake.attribution = () => {
      throw new AppError(code, 'No.');
    };
  };

  it('tells an estimate, and that it is one, where the role cannot read what Snowflake attributes', async () => {
    for (const code of ['SQL_FAILED', 'SNOWFLAKE_ACCESS_DENIED'] as const) {
      refuseWith(code);
      const usage = await read();
      expect(usage).toMatchObject({
        source: 'estimate',
        totals: { runs: 3, estimatedCredits: 2, attributedCredits: null },
      });
      expect(usage.rule).toMatch(/^Estimated: .*QUERY_ATTRIBUTION_HISTORY/);
      expect(usage.items.map(({ id, estimatedCredits, aiTokens }) => [id, estimatedCredits, aiTokens])).toEqual([
        ['wf_1', 2, 14],
        [null, 0, 7],
      ]);
    }
  });

  it('tells what Snowflake attributes beside it, of workflows that have no run here any more, too', async () => {
    const asked: unknown[][] = [];
    bench.snowflake.attribution = (_sql, binds) => {
      asked.push(binds);
      return {
        columns: ['USED_BY', 'CREDITS'],
        rows: [
          ['wf_1', 1.5],
          ['wf_gone', '4.25'],
        ],
      };
    };
    const usage = await read();
    expect(asked).toEqual([[from, to, tenantId]]);
    expect(usage).toMatchObject({ source: 'snowflake', totals: { attributedCredits: 5.75, estimatedCredits: 2 } });
    expect(usage.items.map(({ id, runs, attributedCredits }) => [id, runs, attributedCredits])).toEqual([
      ['wf_gone', 0, 4.25],
      ['wf_1', 2, 1.5],
      [null, 1, 0],
    ]);
  });

  it('is by revision, person and how the run was started', async () => {
    refuseWith('SQL_FAILED');
    const ids = async (by: UsageQuery['by']) => (await read({ by })).items.map(({ id, revision }) => [id, revision]);
    expect((await ids('revision')).toSorted()).toEqual(
      [
        ['wf_1@1', 1],
        ['wf_1@2', 2],
        [null, null],
      ].toSorted(),
    );
    expect((await ids('person')).toSorted()).toEqual([
      ['ANA', null],
      ['BEN', null],
    ]);
    expect((await ids('trigger')).toSorted()).toEqual([
      ['manual', null],
      ['schedule', null],
    ]);
  });

  it('does not take a session that has ended for a missing right', async () => {
    refuseWith('SNOWFLAKE_SESSION_ENDED');
    await expect(read()).rejects.toMatchObject({ code: 'SNOWFLAKE_SESSION_ENDED' });
    await expect(read({}, await bench.signIn(tenantId))).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('The statement that asks for attributed credits', () => {
  it('reads only the tagged statements of runs of the tenant, summed up in Snowflake, with everything bound', () => {
    const { sql = '', binds } = attributedCredits('ten_1', range, 'revision') ?? {};
    expect(binds).toEqual([from, to, 'ten_1']);
    expect(sql).toContain("TRY_PARSE_JSON(QUERY_TAG):app::STRING = 'snowflow'");
    expect(sql).toContain('TRY_PARSE_JSON(QUERY_TAG):tenant::STRING = ?');
    expect(sql).not.toMatch(/QUERY_TEXT|ten_1/);
  });

  it('is not asked by what the tag does not say', () => {
    expect(attributedCredits('ten_1', range, 'trigger')).toBeUndefined();
  });
});
