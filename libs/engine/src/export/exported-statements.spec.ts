import { Dialect, init, parse } from '@polyglot-sql/sdk';
import type { Knowledge } from '@snowflow/nodes/kit/node-definition';
import { renderLiterals } from '@snowflow/nodes/kit/sql/render';
import type { SqlFragment } from '@snowflow/nodes/kit/sql/sql-fragment';
import { readTokens } from '@snowflow/nodes/kit/sql/sql-tokens';
import fc from 'fast-check';
import { draw, Drawn } from '../fixtures/draw';
import { randomWorkflow, RandomWorkflow } from '../fixtures/random-workflow';
import { bodyOf, statementsIn, stringValue } from '../fixtures/script-statements';
import { knownSources } from '../fixtures/duckdb-runner';
import { tpchKnowledge } from '../fixtures/tpch-tables';
import { makePlan } from '../plan/make-plan';
import type { Plan, PlanStep } from '../plan/plan';
import { stepFragment } from '../sql/compose-step';
import { isStepLive, type PortLiveness } from '../sql/liveness';
import { validate } from '../validate/validate';
import { exportPlan, ExportRequest } from './export-plan';
import { variantsOf } from './step-variants';

const name = { database: 'DEMO', schema: 'PUBLIC', name: 'NIGHTLY' };
const shared = { values: {}, comment: "it's $$ nightly" };
const TARGETS: readonly ExportRequest[] = [
  { ...shared, target: 'sql' },
  { ...shared, target: 'procedure', name, replace: false },
  { ...shared, target: 'view', name, replace: true, secure: true },
  { ...shared, target: 'task', name, warehouse: 'WH', schedule: { cron: '0 6 * * *', timezone: 'Europe/Berlin' } },
];

describe('The statements of an export', () => {
  beforeAll(() => init());

  it('are SQL that a parser of Snowflake reads, each as one statement, for random workflows and all targets', () => {
    fc.assert(
      fc.property(randomWorkflow, fc.constantFrom(...TARGETS), (workflow, request) => {
        const plan = planOf(workflow, request.target === 'task');
        const exported = exportPlan(plan, request);
        if (exported.statements.length === 0) expect(exported.problems).not.toEqual([]);
        for (const { sql } of exported.statements) expectReadable(sql);
      }),
      { numRuns: 150 },
    );
  }, 60_000);

  it('are of each step the one that a run would compose, whichever way its conditions go', () => {
    fc.assert(
      fc.property(randomWorkflow, fc.infiniteStream(fc.boolean()), (workflow, coins) => {
        const plan = planOf(workflow, false);
        const liveness: Record<string, string | null> = {};
        for (const step of plan.steps) {
          const expected = statementUnder(plan, step, liveness);
          const found = variantsOf(plan, step, text).filter(({ when }) => when.some((way) => agrees(way, liveness)));
          expect(found.map(({ sql }) => sql)).toEqual(expected === undefined ? [] : [expected]);
          if (step.kind === 'condition') {
            liveness[step.id] = expected === undefined ? null : coins.next().value ? 'true' : 'false';
          }
        }
      }),
      { numRuns: 150 },
    );
  }, 60_000);

  it.each(['shown', 'guarded'] as const)(
    'hold any text as a value and nothing else, where rows are %s',
    (how) => {
      const plan = planWithText(how);
      const shapes = (value: string) =>
        TARGETS.map((request) => exportPlan(plan, { ...request, values: { segment: value } }).statements).map(
          (statements) => statements.map(({ sql }) => shapeOf(sql, value)),
        );
      const harmless = shapes('harmless');
      expect(JSON.stringify(harmless).match(/THE VALUE/g)?.length).toBeGreaterThan(2);
      fc.assert(
        fc.property(hostileText, (value) => expect(shapes(value)).toEqual(harmless)),
        { numRuns: 300 },
      );
    },
    60_000,
  );
});

const hostileText = fc
  .oneof(
    fc.constantFrom(
      '$$',
      "'; DROP TABLE T; --",
      '\\',
      "\\'",
      '$$; END; $$',
      '{{ parameters.segment }}',
      ':segment',
      "''",
    ),
    fc
      .array(fc.constantFrom('$', '$$', "'", '\\', '\n', ';', '--', '/*', '"', 'END', ' ', ':x', 'ü'), { maxLength: 8 })
      .map((parts) => parts.join('')),
    fc.string({ unit: 'binary' }),
  )
  .filter((value) => !value.includes('\0'));

/** A filter by a parameter; its rows are shown, or written where a condition lets them. */
function planWithText(how: 'shown' | 'guarded'): Plan {
  const customers = { database: 'SNOWFLAKE_SAMPLE_DATA', schema: 'TPCH_SF1', table: 'CUSTOMER' };
  const conditions = [{ column: 'C_MKTSEGMENT', operator: 'eq', value: '{{ parameters.segment }}' }];
  const ending: Drawn[] =
    how === 'shown'
      ? [['out', 'output.result', { name: 'R' }, 'f']]
      : [
          ['any', 'logic.condition', { expression: 'ROW_COUNT > 0' }, 'f'],
          ['out', 'output.table', { ...customers, mode: 'append' }, 'any.true'],
        ];
  const drawn = draw(['c', 'source.table', customers], ['f', 'shape.filter', { conditions }, 'c'], ...ending);
  const document = { ...drawn, parameters: [{ name: 'segment', type: 'string' as const }] };
  return planned(document, tpchKnowledge(document));
}

/** The tokens of a statement and of the body in it, each value that is the text as one mark. */
function shapeOf(sql: string, value: string): string[] {
  const tokens = readTokens(sql);
  return tokens.flatMap(({ kind, text: token }) => {
    if (kind !== 'string') return [token];
    if (token.startsWith('$$') || /^(?:DECLARE|BEGIN)\s/.test(stringValue(token))) {
      return ['BODY', ...shapeOf(token.startsWith('$$') ? token.slice(2, -2).trim() : stringValue(token), value)];
    }
    return [stringValue(token) === value ? 'THE VALUE' : token];
  });
}

function expectReadable(sql: string): void {
  // Snowflake's documentation has these two clauses, the parser does not.
  const readable = sql.replace(
    /^(CREATE .*PROCEDURE [\s\S]*?)(?:\nCOPY GRANTS)?(\nRETURNS .*\nLANGUAGE SQL)\nCOMMENT = .*/,
    '$1$2',
  );
  const { success, ast, error } = parse(readable, Dialect.Snowflake);
  expect([error, success, Array.isArray(ast) ? ast.length : 0]).toEqual([null, true, 1]);
  if (!/EXECUTE IMMEDIATE|PROCEDURE/.test(sql) || sql.startsWith('DROP')) return;
  for (const statement of statementsIn(bodyOf(sql))) {
    const inner = parse(statement, Dialect.Snowflake);
    expect([statement, inner.error, inner.success]).toEqual([statement, null, true]);
  }
}

type Liveness = Readonly<Record<string, string | null>>;

function statementUnder(plan: Plan, step: PlanStep, liveness: Liveness): string | undefined {
  const isLive: PortLiveness = (id, port) => liveness[id] === port;
  return isStepLive(plan, step, isLive) ? text(stepFragment(plan, step, isLive)) : undefined;
}

const agrees = (way: Readonly<Record<string, string>>, liveness: Liveness) =>
  Object.entries(way).every(([condition, port]) => liveness[condition] === port);

const text = (fragment: SqlFragment) => renderLiterals(fragment);

/** The plan of a random workflow; for tasks its outputs write tables that are there. */
function planOf({ document, sources, described }: RandomWorkflow, writes: boolean): Plan {
  const knowledge = knownSources({ sources, described });
  if (!writes) return planned(document, knowledge);
  const nodes = document.nodes.map((node) =>
    node.type === 'output.result'
      ? {
          ...node,
          type: 'output.table',
          config: { ...name, name: undefined, table: node.id, mode: 'replace', recreate: true },
        }
      : node,
  );
  const plan = planned(
    { ...document, nodes: nodes.map(withoutUndefined) },
    new Map([...knowledge, ...nodes.flatMap(missing)]),
  );
  for (const node of Object.values(plan.nodes)) {
    if (node.type === 'output.table')
      Object.assign(node, { targetExists: true, config: { ...Object(node.config), recreate: false } });
  }
  return plan;
}

const missing = ({ id, type }: { id: string; type: string }): [string, Knowledge][] =>
  type === 'output.table' ? [[id, { state: 'missing' }]] : [];

function withoutUndefined<Node extends { config: object }>(node: Node): Node {
  return { ...node, config: JSON.parse(JSON.stringify(node.config)) };
}

function planned(document: Parameters<typeof validate>[0], knowledge: Map<string, Knowledge>): Plan {
  const { problems, graph } = validate(document, knowledge);
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  if (!graph) throw new Error('no graph');
  return makePlan(graph);
}
