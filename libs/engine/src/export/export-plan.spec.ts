import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import { draw, Drawn, tpch } from '../fixtures/draw';
import { tpchKnowledge } from '../fixtures/tpch-tables';
import { makePlan } from '../plan/make-plan';
import type { Plan } from '../plan/plan';
import { validate } from '../validate/validate';
import { exportPlan, ExportRequest } from './export-plan';

const name = { database: 'DEMO', schema: 'PUBLIC', name: 'NATIONS_SEEN' };
const shared = { values: {}, comment: 'Made by SnowFlow' };
const sql: ExportRequest = { ...shared, target: 'sql' };
const view: ExportRequest = { ...shared, target: 'view', name, replace: false, secure: false };
const procedure: ExportRequest = { ...shared, target: 'procedure', name, replace: false };
const task: ExportRequest = { ...shared, target: 'task', name, warehouse: 'WH', schedule: { everyMinutes: 30 } };

const nations = tpch('nations', 'NATION');
const shown = (id: string, from: string): Drawn => [id, 'output.result', { name: id }, from];
const appended = (id: string, from: string, table = 'NATION'): Drawn => [
  id,
  'output.table',
  { database: 'SNOWFLAKE_SAMPLE_DATA', schema: 'TPCH_SF1', table, mode: 'append' },
  from,
];
const many: Drawn = ['many', 'logic.condition', { expression: 'ROW_COUNT > 10' }, 'nations'];

describe('A workflow as SQL', () => {
  it('is each step’s statement in order, its values written out', () => {
    const { statements, problems } = exportPlan(planOf(nations, shown('a', 'nations'), appended('b', 'nations')), sql);
    expect(problems).toEqual([]);
    expect(statements.map(({ nodeId }) => nodeId)).toEqual(['a', 'b']);
    expect(statements[1]?.sql).toMatch(/^INSERT INTO "SNOWFLAKE_SAMPLE_DATA"\."TPCH_SF1"\."NATION" \(.*\) WITH /);
  });

  it('is one block where conditions decide, each way with what is live on it', () => {
    const plan = planOf(nations, many, appended('yes', 'many.true'), appended('no', 'many.false'));
    const { statements } = exportPlan(plan, sql);
    expect(statements).toHaveLength(1);
    expect(outline(statements[0]?.sql)).toEqual([
      'EXECUTE IMMEDIATE $$',
      'DECLARE',
      'way_1 VARCHAR;',
      'BEGIN',
      '-- many',
      "SELECT IFF(COUNT(*) > 0, 'true', 'false') INTO :way_1 …",
      '-- yes',
      "IF (way_1 = 'true') THEN",
      'INSERT INTO …',
      'END IF;',
      '-- no',
      "IF (way_1 = 'false') THEN",
      'INSERT INTO …',
      'END IF;',
      "RETURN 'Done';",
      'END;',
      '$$',
    ]);
  });

  it('says that a table that is not there can be made once only', () => {
    const made = { database: 'DEMO', schema: 'PUBLIC', table: 'NEW', mode: 'create' };
    const plan = planOf(nations, ['out', 'output.table', made, 'nations']);
    expect(exportPlan(plan, sql)).toMatchObject({
      statements: [{ sql: expect.stringMatching(/^CREATE TABLE /) }],
      problems: [{ severity: 'warning', nodeId: 'out' }],
    });
    expect(exportPlan(plan, task)).toMatchObject({ statements: [], problems: [{ severity: 'error', nodeId: 'out' }] });
  });

  it.each([sql, procedure, task])('never makes a table anew that is there ($target)', (request) => {
    const anew = { database: 'DEMO', schema: 'PUBLIC', table: 'NATION', mode: 'replace', recreate: true };
    const { statements, problems } = exportPlan(planOf(nations, ['out', 'output.table', anew, 'nations']), request);
    expect(statements).toEqual([]);
    expect(problems).toEqual([expect.objectContaining({ code: 'NOT_DEPLOYABLE', nodeId: 'out' })]);
  });
});

describe('A workflow as a view', () => {
  it('fails where one is, unless the person chose to replace it; then its grants stay', () => {
    const plan = planOf(nations, shown('out', 'nations'));
    const [create, undo] = exportPlan(plan, view).statements;
    expect(create?.sql).toMatch(/^CREATE VIEW "DEMO"\."PUBLIC"\."NATIONS_SEEN" COMMENT = 'Made by SnowFlow' AS\nWITH /);
    expect(undo).toMatchObject({ purpose: 'undo', sql: 'DROP VIEW "DEMO"."PUBLIC"."NATIONS_SEEN"' });
    const replaced = exportPlan(plan, { ...view, replace: true, secure: true });
    expect(replaced.statements).toHaveLength(1);
    expect(replaced.statements[0]?.sql).toMatch(/^CREATE OR REPLACE SECURE VIEW .* COPY GRANTS COMMENT = /);
  });

  it('is refused where the workflow writes or decides, by the nodes that do', () => {
    const plan = planOf(nations, many, shown('some', 'many.true'), appended('kept', 'nations'));
    const { statements, problems } = exportPlan(plan, view);
    expect(statements).toEqual([]);
    expect(problems.map(({ nodeId }) => nodeId)).toEqual(['many', 'kept']);
  });

  it('can be of one chosen node, with what is above it', () => {
    const big: Drawn = [
      'big',
      'shape.filter',
      { conditions: [{ column: 'N_REGIONKEY', operator: 'gt', value: 2 }] },
      'nations',
    ];
    const plan = planOf(nations, big, shown('out', 'big'), appended('kept', 'nations'));
    const exported = exportPlan(plan, { ...view, node: 'big' });
    expect(exported.nodes).toEqual(['nations', 'big']);
    expect(exported.statements[0]?.sql).toMatch(/AS\nWITH [\s\S]*WHERE "N_REGIONKEY" > 2\)\nSELECT .* FROM "n2_big"$/);
    expect(exportPlan(plan, { ...view, node: 'kept' }).problems).toMatchObject([{ nodeId: 'kept' }]);
    expect(exportPlan(plan, { ...view, node: 'nobody' }).problems).toMatchObject([{ nodeId: 'nobody' }]);
  });

  it('is refused for a node behind a condition', () => {
    const sorted: Drawn = ['sorted', 'shape.sort', { by: [{ column: 'N_NAME' }] }, 'many.true'];
    const plan = planOf(nations, many, sorted, shown('out', 'sorted'));
    expect(exportPlan(plan, { ...view, node: 'sorted' }).problems).toMatchObject([{ nodeId: 'many' }]);
  });
});

describe('A workflow as a procedure', () => {
  const parameters: WorkflowDocument['parameters'] = [
    { name: 'since', type: 'date', default: '1995-01-01' },
    { name: 'region', type: 'string' },
  ];
  const filter: Drawn = [
    'some',
    'shape.filter',
    { expression: 'N_NAME = {{ parameters.region }} AND {{ parameters.since }} > N_COMMENT' },
    'nations',
  ];

  it('runs as its caller and takes parameters as arguments, those without a default first', () => {
    const plan = planOf(nations, filter, shown('out', 'some'));
    const { statements } = exportPlan({ ...plan, parameters }, { ...procedure, values: { since: '1995-01-01' } });
    expect(outline(statements[0]?.sql)).toEqual([
      'CREATE PROCEDURE "DEMO"."PUBLIC"."NATIONS_SEEN"(region VARCHAR, since DATE DEFAULT CAST(\'1995-01-01\' AS DATE))',
      'RETURNS TABLE ()',
      'LANGUAGE SQL',
      "COMMENT = 'Made by SnowFlow'",
      'EXECUTE AS CALLER',
      'AS $$',
      'BEGIN',
      '-- out',
      expect.stringContaining('LET result_table RESULTSET := (WITH'),
      'RETURN TABLE(result_table);',
      'END;',
      '$$',
    ]);
    expect(statements[0]?.sql).toContain('WHERE (N_NAME = :region AND CAST(:since AS DATE) > N_COMMENT)');
    expect(statements[1]?.sql).toBe('DROP PROCEDURE "DEMO"."PUBLIC"."NATIONS_SEEN"(VARCHAR, DATE)');
  });

  it('answers several results as one object, and a word where there is none', () => {
    const several = exportPlan(planOf(nations, shown('a', 'nations'), shown('b', 'nations')), procedure);
    expect(several.statements[0]?.sql).toContain('RETURNS VARIANT');
    expect(several.statements[0]?.sql).toContain("results := OBJECT_INSERT(results, 'b', result_rows);");
    const none = exportPlan(planOf(nations, appended('a', 'nations')), procedure);
    expect(none.statements[0]?.sql).toContain('RETURNS VARCHAR');
  });

  it('refuses arguments that Snowflake would misread', () => {
    const plan = planOf(nations, shown('out', 'nations'));
    const odd = ['select', 'Since', 'SINCE'].map((each) => ({ name: each, type: 'string' as const }));
    const { problems } = exportPlan({ ...plan, parameters: odd }, procedure);
    expect(problems.map(({ message }) => message)).toEqual([
      expect.stringContaining('“select”'),
      expect.stringContaining('“SINCE”'),
    ]);
  });

  it('gives its variables names that no argument has', () => {
    const plan = planOf(nations, many, appended('yes', 'many.true'));
    const taken = { ...plan, parameters: [{ name: 'WAY_1', type: 'string' as const }] };
    expect(exportPlan(taken, procedure).statements[0]?.sql).toContain("IF (way_1_ = 'true') THEN");
  });
});

describe('A workflow as tasks', () => {
  it('is one task for one table, made suspended, then resumed', () => {
    const { statements } = exportPlan(planOf(nations, appended('kept', 'nations')), task);
    expect(statements.map(({ purpose, sql: text }) => [purpose, outline(text)[0]])).toEqual([
      ['create', 'CREATE TASK "DEMO"."PUBLIC"."NATIONS_SEEN"'],
      ['start', 'ALTER TASK "DEMO"."PUBLIC"."NATIONS_SEEN" RESUME'],
      ['undo', 'ALTER TASK "DEMO"."PUBLIC"."NATIONS_SEEN" SUSPEND'],
      ['undo', 'DROP TASK "DEMO"."PUBLIC"."NATIONS_SEEN"'],
    ]);
    expect(outline(statements[0]?.sql).slice(1, 4)).toEqual([
      'WAREHOUSE = "WH"',
      "SCHEDULE = '30 MINUTE'",
      "COMMENT = 'Made by SnowFlow'",
    ]);
  });

  it('lets a condition go first and resumes the root last', () => {
    const plan = planOf(nations, many, appended('yes', 'many.true'), appended('no', 'many.false'));
    const cron = { cron: '0  6 * * MON', timezone: 'Europe/Berlin' };
    const { statements } = exportPlan(plan, { ...task, schedule: cron });
    const made = statements.filter(({ purpose }) => purpose === 'create').map(({ sql: text }) => text);
    expect(made[0]).toContain("SCHEDULE = 'USING CRON 0 6 * * MON Europe/Berlin'");
    expect(made[0]).toContain("CALL SYSTEM$SET_RETURN_VALUE('true');");
    expect(made[1]).toContain('AFTER "DEMO"."PUBLIC"."NATIONS_SEEN"');
    expect(made[1]).toContain("SELECT SYSTEM$GET_PREDECESSOR_RETURN_VALUE('NATIONS_SEEN') INTO :way_1;");
    expect(statements.flatMap(({ purpose, sql: text }) => (purpose === 'start' ? [text] : []))).toEqual([
      'ALTER TASK "DEMO"."PUBLIC"."NATIONS_SEEN_NO" RESUME',
      'ALTER TASK "DEMO"."PUBLIC"."NATIONS_SEEN_YES" RESUME',
      `SELECT SYSTEM$TASK_DEPENDENTS_ENABLE('"DEMO"."PUBLIC"."NATIONS_SEEN"')`,
    ]);
  });

  it('has a root of its own where several tables are written side by side, and leaves results out', () => {
    const plan = planOf(nations, appended('a', 'nations'), appended('b', 'nations'), shown('seen', 'nations'));
    const { statements, problems } = exportPlan(plan, task);
    expect(statements.filter(({ purpose }) => purpose === 'create').map(({ nodeId }) => nodeId)).toEqual([
      undefined,
      'a',
      'b',
    ]);
    expect(problems).toMatchObject([{ severity: 'warning', nodeId: 'seen' }]);
  });

  it('is refused where nothing is written, and for a graph’s name that quotes would change', () => {
    expect(exportPlan(planOf(nations, shown('out', 'nations')), task)).toMatchObject({
      statements: [],
      problems: [{}],
    });
    const graph = planOf(nations, many, appended('yes', 'many.true'));
    const lower = { ...name, name: 'nations seen' };
    expect(exportPlan(graph, { ...task, name: lower }).problems).toMatchObject([{ path: 'name.name' }]);
  });
});

describe('What has no plain form', () => {
  const plan = planOf(nations, shown('out', 'nations'));
  const [step] = plan.steps;
  const refusals: [string, Plan][] = [
    ['a node type', { ...plan, nodes: { ...plan.nodes, out: { ...node('out'), type: 'logic.approval' } } }],
    [
      'a setting',
      { ...plan, nodes: { ...plan.nodes, out: { ...node('out'), config: { pinned: { runId: 'run_1' } } } } },
    ],
    [
      'rows kept in a table',
      {
        ...plan,
        nodes: { ...plan.nodes, out: { ...node('out'), config: { materialiseAs: { database: 'D', schema: 'S' } } } },
      },
    ],
    ['a member of a node', { ...plan, nodes: { ...plan.nodes, out: Object.assign(node('out'), { values: [] }) } }],
    ['a member of a step', { ...plan, steps: [Object.assign({ ...plan.steps[0] }, step, { materialise: true })] }],
    [
      'a step after a query',
      { ...plan, steps: [...plan.steps, { ...plan.steps[0], ...stepNamed('second', ['out']) }] },
    ],
    [
      'going on after a failure',
      {
        ...plan,
        steps: [
          {
            ...stepNamed('out', []),
            settings: { onError: 'continue', retry: { maxAttempts: 1, backoffMs: 0 }, materialise: false },
          },
        ],
      },
    ],
  ];

  it.each(refusals)('is refused by node, because it is on no list: %s', (_what, changed) => {
    for (const request of [sql, view, procedure]) {
      const { statements, problems } = exportPlan(changed, request);
      expect(statements).toEqual([]);
      expect(problems).toContainEqual(expect.objectContaining({ code: 'NOT_DEPLOYABLE', nodeId: expect.any(String) }));
    }
  });

  it('tells of attempts and time limits that are not taken along', () => {
    const settings = { onError: 'fail' as const, retry: { maxAttempts: 3, backoffMs: 10 }, materialise: false };
    const { statements, problems } = exportPlan({ ...plan, steps: [{ ...stepNamed('out', []), settings }] }, sql);
    expect([statements.length, problems[0]?.code]).toEqual([1, 'DEPLOYS_DIFFERENTLY']);
  });

  function node(id: string) {
    const found = plan.nodes[id];
    if (!found) throw new Error(`no node ${id}`);
    return { ...found };
  }

  function stepNamed(id: string, dependsOn: string[]) {
    if (!step) throw new Error('no step');
    return { ...step, id, dependsOn };
  }
});

function planOf(...nodes: Drawn[]): Plan {
  const declared = [
    { name: 'since', type: 'date' as const },
    { name: 'region', type: 'string' as const },
  ];
  const document = { ...draw(...nodes), parameters: declared };
  const { problems, graph } = validate(document, tpchKnowledge(document));
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  if (!graph) throw new Error('no graph');
  return { ...makePlan(graph), parameters: [] };
}

/** The lines of a script without those inside a composed statement. */
function outline(text = ''): string[] {
  return text
    .split('\n')
    .map((line) =>
      line
        .trim()
        .replace(/^INSERT INTO .*/, 'INSERT INTO …')
        .replace(/(INTO :way_1 ).*/, '$1…'),
    )
    .filter((line) => !/^(SELECT "|"n\d)/.test(line));
}
