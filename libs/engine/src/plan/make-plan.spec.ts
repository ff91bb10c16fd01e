import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import { columnsOf } from '@snowflow/nodes/kit/columns-of';
import type { Knowledge } from '@snowflow/nodes/kit/node-definition';
import { draw, Drawn, tpch } from '../fixtures/draw';
import { tpchKnowledge } from '../fixtures/tpch-tables';
import type { Outcomes, StepOutcome } from '../run/step-outcome';
import { composeStep, planSteps } from '../sql/compose-step';
import { isStepLive, livePorts } from '../sql/liveness';
import { validate } from '../validate/validate';
import { makePlan, type PlanOptions } from './make-plan';
import type { Plan } from './plan';
import { planStepNamed } from './planned-node';

const result = (id: string, from: string) => [id, 'output.result', { name: 'R' }, from] as const;
const pick = (id: string, from: string, ...columns: string[]) =>
  [id, 'shape.select', { columns: columns.map((column) => ({ column })) }, from] as const;
const sort = (id: string, from: string, column: string, direction = 'asc') =>
  [id, 'shape.sort', { by: [{ column, direction }] }, from] as const;

function planOf(document: WorkflowDocument, more: [string, Knowledge][] = []) {
  const { problems, graph } = validate(document, new Map([...tpchKnowledge(document), ...more]));
  expect(problems.filter((problem) => problem.severity === 'error')).toEqual([]);
  if (!graph) throw new Error('no graph');
  return makePlan(graph);
}

/** What conditions came to: the port each took, or null where it was skipped. */
const took = (ports: Record<string, string | null>): Outcomes =>
  Object.fromEntries(
    Object.entries(ports).map(([id, port]): [string, StepOutcome] => [
      id,
      port === null ? { state: 'skipped', ms: 0 } : { state: 'succeeded', ports: [port], ms: 0 },
    ]),
  );

const isLive = (plan: Plan, id: string, outcomes: Outcomes) =>
  isStepLive(plan, planStepNamed(plan, id), livePorts(outcomes));

describe('A plan', () => {
  it('makes six relational nodes in a row and their result one statement', () => {
    const plan = planOf(
      draw(
        tpch('orders', 'ORDERS'),
        ['f', 'shape.filter', { conditions: [{ column: 'O_TOTALPRICE', operator: 'gt', value: 10.5 }] }, 'orders'],
        pick('p', 'f', 'O_CUSTKEY', 'O_TOTALPRICE'),
        [
          'a',
          'shape.aggregate',
          { groupBy: ['O_CUSTKEY'], measures: [{ function: 'sum', column: 'O_TOTALPRICE', as: 'S' }] },
          'p',
        ],
        sort('s', 'a', 'S', 'desc'),
        ['top', 'shape.limit', { rows: 3 }, 's'],
        result('out', 'top'),
      ),
    );
    expect(plan.steps).toHaveLength(1);
    expect(plan.steps[0]).toMatchObject({
      id: 'out',
      nodes: ['orders', 'f', 'p', 'a', 's', 'top', 'out'],
      endsAt: 'out',
    });
    expect(plan.stepsOf.f).toEqual(['out']);
    expect(composeStep(plan, 'out', {})).toEqual({
      sql: [
        'WITH "n1_orders" AS (SELECT "O_CUSTKEY", "O_TOTALPRICE" FROM "SNOWFLAKE_SAMPLE_DATA"."TPCH_SF1"."ORDERS"),',
        '"n3_p" AS (SELECT "O_CUSTKEY", "O_TOTALPRICE" FROM "n1_orders" WHERE "O_TOTALPRICE" > CAST(? AS NUMBER(3,1))),',
        '"n4_a" AS (SELECT "O_CUSTKEY", SUM("O_TOTALPRICE") AS "S" FROM "n3_p" GROUP BY "O_CUSTKEY"),',
        '"n5_s" AS (SELECT "O_CUSTKEY", "S" FROM "n4_a"),',
        '"n6_top" AS (SELECT "O_CUSTKEY", "S" FROM "n5_s" ORDER BY "S" DESC LIMIT 3)',
        'SELECT "O_CUSTKEY", "S" FROM "n6_top" ORDER BY "S" DESC',
      ].join('\n'),
      binds: ['10.5'],
    });
  });

  it('answers a relation by a query, and a value without any statement', () => {
    const document = draw(
      tpch('n', 'NATION'),
      ['once', 'shape.limit', { rows: 3, onError: 'branch' }, 'n'],
      ['rows', 'output.response', {}, 'once'],
      ['error', 'output.response', {}, 'once.error'],
    );
    const plan = planOf(document);
    expect(plan.steps.map(({ id, kind }) => [id, kind])).toEqual([
      ['once', 'query'],
      ['rows', 'query'],
      ['error', 'action'],
    ]);
    expect(planSteps(plan).find(({ step }) => step === 'error')).not.toHaveProperty('sql');
  });

  it('keeps an order whose column is left out, without showing that column', () => {
    const document = draw(
      tpch('n', 'NATION'),
      sort('s', 'n', 'N_REGIONKEY'),
      pick('p', 's', 'N_NAME'),
      result('out', 'p'),
    );
    const { sql } = composeStep(planOf(document), 'out', {});
    expect(sql).toContain('SELECT "N_NAME", "N_REGIONKEY" AS "__order_1" FROM');
    expect(sql).toMatch(/\nSELECT "N_NAME" FROM "n3_p" ORDER BY "__order_1" ASC$/);
  });

  it('gives every output a statement of its own, and computes what they share in each', () => {
    const plan = planOf(draw(tpch('n', 'NATION'), pick('p', 'n', 'N_NAME'), result('a', 'p'), result('b', 'n')));
    expect(planSteps(plan).map(({ step, nodes }) => [step, nodes])).toEqual([
      ['b', ['n', 'b']],
      ['a', ['n', 'p', 'a']],
    ]);
    expect(plan.stepsOf.n).toEqual(['b', 'a']);
  });

  it('makes the last relations results where there is no output, and leaves out what leads to none where there is', () => {
    const leaf = planOf(draw(tpch('n', 'NATION'), pick('p', 'n', 'N_NAME')));
    expect(leaf.steps).toMatchObject([{ kind: 'query', endsAt: 'p', result: { name: 'p', view: 'table' } }]);
    expect(composeStep(leaf, 'p', {}).sql).toMatch(/SELECT "N_NAME" FROM "n2_p"$/);
    const aside = planOf(draw(tpch('n', 'NATION'), pick('p', 'n', 'N_NAME'), result('out', 'n')));
    expect([aside.steps.length, aside.stepsOf.p]).toEqual([1, []]);
  });

  describe('with a condition', () => {
    const ways = (...after: readonly Drawn[]) =>
      planOf(
        draw(
          tpch('n', 'NATION'),
          ['c', 'logic.condition', { expression: 'ROW_COUNT > 3 AND MAX(N_NATIONKEY) < 9' }, 'n'],
          ...after,
        ),
      );

    it('asks it in one statement that gives a row where it is true', () => {
      const plan = ways(result('yes', 'c.true'));
      expect(plan.steps.map(({ id, kind, dependsOn }) => [id, kind, dependsOn])).toEqual([
        ['c', 'condition', []],
        ['yes', 'query', ['c']],
      ]);
      expect(composeStep(plan, 'c', {}).sql).toMatch(
        /\nSELECT "TAKEN", "ROW_COUNT" FROM \(SELECT COALESCE\(\(COUNT\(\*\) > 3 AND MAX\(N_NATIONKEY\) < 9\), FALSE\) AS "TAKEN", COUNT\(\*\) AS "ROW_COUNT" FROM "n1_n"\) WHERE "TAKEN"$/,
      );
      expect(plan.steps[1]).toMatchObject({ nodes: ['n', 'yes'], dependsOn: ['c'] });
    });

    it('runs only the steps behind the port that was taken', () => {
      const plan = ways(result('yes', 'c.true'), result('no', 'c.false'));
      const live = (taken: string | null) => ['yes', 'no'].map((id) => isLive(plan, id, took({ c: taken })));
      expect([live('true'), live('false'), live(null)]).toEqual([
        [true, false],
        [false, true],
        [false, false],
      ]);
    });

    it('skips a join with a dead side, and unites what lives under the columns of all', () => {
      const plan = ways(
        pick('p', 'c.false', 'N_NAME'),
        ['j', 'shape.join', { how: 'cross' }, 'p', 'n'],
        ['u', 'shape.union', {}, 'p', 'c.true'],
        result('joined', 'j'),
        result('united', 'u'),
      );
      expect(isLive(plan, 'joined', took({ c: 'true' }))).toBe(false);
      expect(isLive(plan, 'joined', took({ c: 'false' }))).toBe(true);
      const { sql } = composeStep(plan, 'united', took({ c: 'false' }));
      expect(sql).not.toContain('UNION');
      expect(sql).toContain('SELECT "N_NAME", CAST(NULL AS NUMBER(38,0)) AS "N_NATIONKEY"');
    });

    it('decides a condition behind a condition after it', () => {
      const plan = ways(['d', 'logic.condition', { expression: 'TRUE' }, 'c.true'], result('out', 'd.false'));
      expect(plan.steps.map(({ id, dependsOn }) => [id, dependsOn])).toEqual([
        ['c', []],
        ['d', ['c']],
        ['out', ['c', 'd']],
      ]);
      expect(isLive(plan, 'out', took({ c: 'true', d: 'false' }))).toBe(true);
      expect(isLive(plan, 'out', took({ c: 'false', d: null }))).toBe(false);
    });
  });

  it('passes the first input through a disabled node, which is part of no step', () => {
    const document = draw(tpch('n', 'NATION'), pick('p', 'n', 'N_NAME'), result('out', 'p'));
    const off = { ...document, nodes: document.nodes.map((node) => ({ ...node, disabled: node.id === 'p' })) };
    const plan = planOf(off);
    expect([plan.stepsOf.p, plan.steps[0]?.nodes]).toEqual([[], ['n', 'out']]);
    expect(composeStep(plan, 'out', {}).sql).toContain('"N_COMMENT" FROM "n1_n"');
  });

  it.each<[string, object, Knowledge, string]>([
    ['creates', { mode: 'create' }, { state: 'missing' }, 'CREATE TABLE "D"."S"."T" AS WITH'],
    [
      'replaces what is there',
      { mode: 'replace' },
      found(),
      'INSERT OVERWRITE INTO "D"."S"."T" ("N_NATIONKEY", "N_NAME") WITH',
    ],
    ['replaces what is not there yet', { mode: 'replace' }, { state: 'missing' }, 'CREATE TABLE "D"."S"."T" AS WITH'],
    ['makes anew', { mode: 'replace', recreate: true }, found(), 'CREATE OR REPLACE TABLE "D"."S"."T" AS WITH'],
    ['appends', { mode: 'append' }, found(), 'INSERT INTO "D"."S"."T" ("N_NATIONKEY", "N_NAME") WITH'],
    ['merges', { mode: 'merge', keys: ['N_NATIONKEY'] }, found(), 'MERGE INTO "D"."S"."T" AS "t" USING (WITH'],
  ])('writes one statement that %s', (_name, config, target, start) => {
    const document = draw(tpch('n', 'NATION'), pick('p', 'n', 'N_NATIONKEY', 'N_NAME'), [
      'w',
      'output.table',
      { database: 'D', schema: 'S', table: 'T', ...config },
      'p',
    ]);
    const plan = planOf(document, [['w', target]]);
    expect(plan.steps).toMatchObject([{ kind: 'write', endsAt: 'w', columns: [] }]);
    const { sql } = composeStep(plan, 'w', {});
    expect(sql.startsWith(start)).toBe(true);
    if (sql.startsWith('MERGE')) {
      expect(sql).toContain(
        'ON "t"."N_NATIONKEY" = "s"."N_NATIONKEY" WHEN MATCHED THEN UPDATE SET "N_NAME" = "s"."N_NAME" WHEN NOT MATCHED THEN INSERT ("N_NATIONKEY", "N_NAME") VALUES ("s"."N_NATIONKEY", "s"."N_NAME")',
      );
    }
  });

  it('takes the settings of the node that ends a statement, and the shortest time limit in it', () => {
    const plan = planOf(
      draw(
        tpch('n', 'NATION'),
        ['top', 'shape.sort', { by: [{ column: 'N_NAME' }], timeoutMs: 5000 }, 'n'],
        ['out', 'output.result', { name: 'R', onError: 'continue', retry: { maxAttempts: 3 }, timeoutMs: 9000 }, 'top'],
      ),
    );
    expect(plan.steps[0]?.settings).toEqual({
      onError: 'continue',
      retry: { maxAttempts: 3, backoffMs: 1000 },
      timeoutMs: 5000,
      materialise: false,
    });
  });

  it('says of every step why it ends where it does', () => {
    const document = draw(
      tpch('n', 'NATION'),
      ['once', 'shape.select', { columns: [{ column: 'N_NAME' }], materialise: true }, 'n'],
      ['apart', 'shape.filter', { expression: 'TRUE', onError: 'continue' }, 'once'],
      ['c', 'logic.condition', { expression: 'TRUE' }, 'apart'],
      ['w', 'logic.wait', { durationSeconds: 1 }, 'c.true'],
      result('out', 'w'),
    );
    const steps = planSteps(planOf(document));
    expect(steps.map(({ step, kind, endsBecause }) => [step, kind, endsBecause?.code])).toEqual([
      ['once', 'query', 'COMPUTED_ONCE'],
      ['apart', 'query', 'OWN_FAILURE'],
      ['c', 'condition', 'CONDITION'],
      ['w', 'action', 'ACTION'],
      ['out', 'query', 'OUTPUT'],
    ]);
    expect(steps.at(-1)).toMatchObject({
      dependsOn: ['apart', 'c', 'w'],
      endsBecause: { sentence: 'It is an output: its rows are written, or kept to be read.' },
    });
  });

  it('says so too of a run up to a node, of a debug run, and where nothing reads the last rows', () => {
    const document = draw(tpch('n', 'NATION'), pick('p', 'n', 'N_NAME'), sort('s', 'p', 'N_NAME'));
    const { graph } = validate(document, tpchKnowledge(document));
    if (!graph) throw new Error('no graph');
    const ends = (options: PlanOptions) => makePlan(graph, options).steps.map((step) => step.endsBecause);
    expect(ends({})).toEqual(['NO_READER']);
    expect(ends({ to: 'p' })).toEqual(['REQUESTED']);
    expect(ends({ debugRows: 5 })).toEqual(['DEBUG', 'DEBUG', 'NO_READER']);
  });

  it('is refused where the columns of a source were not found out', () => {
    const { graph } = validate(draw(tpch('n', 'NATION'), result('out', 'n')));
    expect(() => graph && makePlan(graph)).toThrow('could not be found out');
  });

  it('holds any id that a document may have', () => {
    const plan = planOf(draw(tpch('__proto__', 'NATION'), result('constructor', '__proto__')));
    const stored = JSON.parse(JSON.stringify(plan)) as typeof plan;
    expect(composeStep(stored, 'constructor', {}).sql).toContain('"n1___proto__"');
  });
});

function found(): Knowledge {
  return { state: 'found', columns: columnsOf('N_NATIONKEY NUMBER(38,0), N_NAME VARCHAR(25)') };
}
