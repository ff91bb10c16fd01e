import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { workflowDocument } from '@snowflow/contracts/documents/workflow-document';
import { renderLiterals } from '@snowflow/nodes/kit/sql/render';
import { tpchKnowledge, tpchTables } from '../fixtures/tpch-tables';
import { composeStep, planSteps, stepFragment } from '../sql/compose-step';
import { allLive } from '../sql/liveness';
import { PolyglotSqlParser } from '../sql/polyglot.sql-parser';
import { validate } from '../validate/validate';
import { makePlan } from './make-plan';

const folder = join(__dirname, '../../../../test/workflows');
const read = (file: string) => readFileSync(join(folder, file), 'utf8');

describe.each(['tpch-q1', 'tpch-q3', 'tpch-q5', 'tpch-q6', 'tpch-q10'])('%s drawn as nodes', (name) => {
  let parser: PolyglotSqlParser;
  let warehouse: DuckDBConnection;
  beforeAll(async () => {
    parser = await PolyglotSqlParser.create();
    warehouse = await smallTpch();
  });
  afterAll(() => warehouse.closeSync());

  const document = workflowDocument.parse(JSON.parse(read(`${name}.json`)));
  const planned = () => {
    const { valid, problems, graph } = validate(document, tpchKnowledge(document), { parser });
    expect(problems).toEqual([]);
    expect(valid).toBe(true);
    if (!graph) throw new Error('no graph');
    return makePlan(graph);
  };

  it('is valid and one statement whose plan is plain JSON', () => {
    const plan = planned();
    expect(planSteps(plan)).toHaveLength(1);
    expect(plan.steps[0]).toMatchObject({ kind: 'query', endsAt: 'result', dependsOn: [] });
    expect(plan.steps[0]?.nodes).toHaveLength(document.nodes.length);
    expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
  });

  it('has as many binds as placeholders, and no value in its text', () => {
    const values = Object.fromEntries(document.parameters.map((one) => [one.name, one.default ?? null]));
    const { sql, binds } = composeStep(planned(), 'result', {}, values);
    expect(sql.split('?')).toHaveLength(binds.length + 1);
    expect(sql).not.toMatch(/BUILDING|ASIA|199\d/);
  });

  it('gives what the direct SQL gives, column by column and row by row', async () => {
    const plan = planned();
    const [step] = plan.steps;
    if (!step) throw new Error('no step');
    const values = Object.fromEntries(document.parameters.map((one) => [one.name, one.default ?? null]));
    const drawn = await warehouse.runAndReadAll(renderLiterals(stepFragment(plan, step, allLive), values));
    const direct = await warehouse.runAndReadAll(
      read(`${name}.sql`)
        .replace("DATEADD(day, -90, TO_DATE('1998-12-01'))", "DATE '1998-09-02'")
        .replaceAll(/TO_DATE\(('[^']*')\)/g, 'DATE $1'),
    );
    expect(drawn.columnNames()).toEqual(direct.columnNames());
    expect(drawn.getRowsJson()).toEqual(direct.getRowsJson());
    expect(drawn.currentRowCount).toBeGreaterThan(0);
  });
});

/** The tables' shapes over a few hundred computed rows, whose keys meet. */
async function smallTpch(): Promise<DuckDBConnection> {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  await connection.run("ATTACH ':memory:' AS SNOWFLAKE_SAMPLE_DATA; CREATE SCHEMA SNOWFLAKE_SAMPLE_DATA.TPCH_SF1");
  const rows: Record<string, number> = {
    REGION: 5,
    NATION: 25,
    SUPPLIER: 20,
    CUSTOMER: 60,
    ORDERS: 600,
    LINEITEM: 2400,
  };
  for (const [table, columns] of tpchTables) {
    const values = columns.map(({ name, type }, at) => `${computed(name, type, at)} AS "${name}"`);
    await connection.run(
      `CREATE TABLE SNOWFLAKE_SAMPLE_DATA.TPCH_SF1.${table} AS SELECT ${values.join(', ')} FROM range(${rows[table] ?? 1}) r(i)`,
    );
  }
  return connection;
}

const KEYS: Readonly<Record<string, string>> = {
  L_ORDERKEY: 'i // 4',
  O_CUSTKEY: 'i % 60',
  L_SUPPKEY: '(i * 7 + i // 13) % 20',
  C_NATIONKEY: 'i % 25',
  S_NATIONKEY: 'i % 25',
  N_REGIONKEY: 'i % 5',
  R_NAME: "['AFRICA', 'AMERICA', 'ASIA', 'EUROPE', 'MIDDLE EAST'][i + 1]",
  C_MKTSEGMENT: "['BUILDING', 'MACHINERY'][i % 2 + 1]",
  L_RETURNFLAG: "['R', 'A', 'N'][i % 3 + 1]",
  L_DISCOUNT: 'CAST((i % 11) / 100 AS DECIMAL(12, 2))',
  O_SHIPPRIORITY: '0',
};

function computed(name: string, type: string, at: number): string {
  const key = KEYS[name];
  if (key !== undefined) return key;
  if (name.endsWith('KEY')) return 'i';
  if (type === 'DATE') return `DATE '1993-01-01' + CAST(i * ${7 + at} % 2000 AS INTEGER)`;
  if (type.startsWith('VARCHAR')) return `'${name} ' || (i % 50)`;
  return `CAST(i * ${13 + at} % 5000 / 100 AS DECIMAL(12, 2))`;
}
