import { newId } from '@snowflow/contracts/documents/new-id';
import { RUN_STATUSES, RUN_TRIGGERS } from '@snowflow/contracts/runs/run-state';
import { OVERVIEW_GROUPS, type RunFiguresView } from '@snowflow/contracts/workflow/tower.dto';
import * as fc from 'fast-check';
import { WorkflowStore } from '../database/workflow-store';
import { estimatedCredits, WAREHOUSE_SIZES } from '../runs/estimated-credits';
import { type InsertedRun, insertRuns } from '../testing/inserted-runs';
import { startWorkflowBench, type Person, type WorkflowBench } from '../testing/workflow-bench';
import { OverviewService } from './overview.service';
import { UsageService } from './usage.service';

jest.setTimeout(60_000);

const from = '2026-03-01T00:00:00.000Z';
const to = '2026-03-08T00:00:00.000Z';
const WEEK_MS = Date.parse(to) - Date.parse(from);
const SUMS = [
  'runs',
  ...RUN_STATUSES,
  'statements',
  'unpricedStatements',
  'bytesScanned',
  'aiTokens',
] as const satisfies readonly (keyof RunFiguresView)[];

const anyStats = fc.record(
  {
    bytesScanned: fc.nat(10 ** 12),
    executeMs: fc.nat(4_000_000),
    warehouseSize: fc.constantFrom('X-Small', 'Large', '4X-Large', 'Someday-Large'),
  },
  { requiredKeys: [] },
);
const anyRun: fc.Arbitrary<InsertedRun> = fc.record({
  // Some are before the time that is looked at, and some behind it.
  at: fc.integer({ min: -WEEK_MS / 7, max: WEEK_MS + WEEK_MS / 7 }).map((ms) => new Date(Date.parse(from) + ms)),
  status: fc.constantFrom(...RUN_STATUSES),
  trigger: fc.constantFrom(...RUN_TRIGGERS),
  person: fc.constantFrom('ANA', 'BEN', 'CID'),
  workflowId: fc.constantFrom(null, 'wf_1', 'wf_2'),
  revision: fc.constantFrom(null, 1, 2),
  warehouse: fc.constantFrom(null, 'WH', 'BIG "WH"'),
  statements: fc.array(
    fc.record({ state: fc.constantFrom('sent', 'succeeded', 'failed', 'absent'), stats: fc.option(anyStats) }),
    { maxLength: 4 },
  ),
  tokens: fc.array(fc.nat(100_000), { maxLength: 3 }),
});

/** The same figures, counted from the runs themselves. */
function oracle(runs: readonly InsertedRun[]) {
  const within = runs.filter(({ at }) => at >= new Date(from) && at < new Date(to));
  const sent = within.flatMap(({ statements }) => statements).filter(({ state }) => state !== 'absent');
  const credits = sent.map(({ stats }) => (stats ? estimatedCredits(stats) : null));
  return {
    runs: within.length,
    people: new Set(within.map(({ person }) => person)).size,
    statements: sent.length,
    unpricedStatements: credits.filter((one) => one === null).length,
    bytesScanned: sent.reduce((sum, { stats }) => sum + (stats?.bytesScanned ?? 0), 0),
    aiTokens: within.flatMap(({ tokens }) => tokens).reduce((sum, one) => sum + one, 0),
    credits: credits.reduce<number>((sum, one) => sum + (one ?? 0), 0),
  };
}

describe('The overview of a tenant', () => {
  let bench: WorkflowBench;
  let overviews: OverviewService;
  const admin = (tenantId: string) => bench.signIn(tenantId, {}, { appRole: 'admin' });
  const read = (person: Person, query: Parameters<OverviewService['read']>[0]) =>
    bench.as(person, () => overviews.read(query));

  beforeAll(async () => {
    bench = await startWorkflowBench();
    overviews = bench.service.get(OverviewService);
  });
  afterAll(() => bench?.stop());

  it('has the same sums in its tiles, its buckets and its table, by every grouping, and so has the usage', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyRun, { maxLength: 15 }), async (runs) => {
        const tenantId = newId('ten');
        await insertRuns(bench.service.get(WorkflowStore), tenantId, runs);
        const person = await admin(tenantId);
        const { credits, ...told } = oracle(runs);
        for (const by of OVERVIEW_GROUPS) {
          for (const bucket of ['hour', 'day'] as const) {
            const { totals, buckets, groups } = await read(person, { from, to, by, bucket });
            expect(totals).toMatchObject(told);
            for (const part of [buckets, groups]) {
              const sums = Object.fromEntries(
                SUMS.map((name) => [name, part.reduce((sum, one) => sum + one[name], 0)]),
              );
              expect(sums).toEqual(Object.fromEntries(SUMS.map((name) => [name, totals[name]])));
              const parts = part.reduce((sum, { estimatedCredits: one }) => sum + one, 0);
              expect(parts).toBeCloseTo(totals.estimatedCredits, 6);
            }
            expect(RUN_STATUSES.reduce((sum, status) => sum + totals[status], 0)).toBe(totals.runs);
            // Of a single statement the estimate is rounded to four figures.
            expect(Math.abs(totals.estimatedCredits - credits)).toBeLessThanOrEqual(credits * 0.001 + 1e-9);
          }
        }
        for (const by of ['workflow', 'revision', 'person', 'trigger'] as const) {
          const usage = await bench.as(person, () => bench.service.get(UsageService).read({ from, to, by }));
          expect(usage).toMatchObject({ source: 'estimate', totals: { runs: told.runs, statements: told.statements } });
          expect(usage.totals.estimatedCredits).toBeCloseTo(
            (await read(person, { from, to })).totals.estimatedCredits,
            6,
          );
        }
      }),
      { numRuns: 8 },
    );
  });

  it('keeps the rule of one statement and that of the database the same, for every size', async () => {
    const tenantId = newId('ten');
    const person = await admin(tenantId);
    const runs = WAREHOUSE_SIZES.map((warehouseSize, index): InsertedRun => ({
      at: new Date(Date.parse(from) + index * 3_600_000),
      status: 'succeeded',
      trigger: 'manual',
      person: 'ANA',
      workflowId: null,
      revision: null,
      warehouse: 'WH',
      statements: [{ state: 'succeeded', stats: { warehouseSize, executeMs: 90_000 } }],
      tokens: [],
    }));
    await insertRuns(bench.service.get(WorkflowStore), tenantId, runs);
    const { buckets } = await read(person, { from, to, bucket: 'hour' });
    const told = buckets.slice(0, WAREHOUSE_SIZES.length).map(({ estimatedCredits: credits }) => credits);
    expect(told).toEqual(
      WAREHOUSE_SIZES.map((warehouseSize) => estimatedCredits({ warehouseSize, executeMs: 90_000 })),
    );
  });

  it('sums up what is not among the 200 groups with most runs in one row', async () => {
    const tenantId = newId('ten');
    const runs = Array.from({ length: 203 }, (_, index): InsertedRun => ({
      at: new Date(from),
      status: 'failed',
      trigger: 'manual',
      person: `P${index}`,
      workflowId: null,
      revision: null,
      warehouse: null,
      statements: [],
      tokens: [1],
    }));
    await insertRuns(bench.service.get(WorkflowStore), tenantId, runs);
    const { groups, totals } = await read(await admin(tenantId), { from, to, by: 'person' });
    expect(groups).toHaveLength(201);
    expect(groups.at(-1)).toMatchObject({ id: null, isRest: true, runs: 3, people: 3, aiTokens: 3 });
    expect(totals).toMatchObject({ runs: 203, failed: 203, people: 203 });
  });

  it.each([
    [{ from: to, to: from }, 'from'],
    [{ from: '2020-01-01', to, bucket: 'hour' as const }, 'from'],
    [{ from: '1990-01-01', to }, 'from'],
    [{ from: 'soon' }, 'from'],
    [{ to: '2026-02-30' }, 'to'],
  ])('takes no %j for a time', async (query, path) => {
    const refused = read(await admin(newId('ten')), query);
    await expect(refused).rejects.toMatchObject({ code: 'VALIDATION', details: { errors: [{ path }] } });
  });

  it('is for owners and admins, and of their own tenant', async () => {
    const tenantId = newId('ten');
    const builder = await bench.signIn(tenantId);
    await expect(read(builder, {})).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const run: InsertedRun = {
      at: new Date(from),
      status: 'succeeded',
      trigger: 'manual',
      person: 'ANA',
      workflowId: null,
      revision: null,
      warehouse: null,
      statements: [],
      tokens: [],
    };
    await insertRuns(bench.service.get(WorkflowStore), tenantId, [run]);
    expect((await read(await admin(newId('ten')), { from, to })).totals.runs).toBe(0);
    expect((await read(await admin(tenantId), { from, to })).totals.runs).toBe(1);
  });
});
