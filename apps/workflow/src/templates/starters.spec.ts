import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workflowDocument, type WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import { tpchKnowledge } from '@snowflow/engine/fixtures/tpch-tables';
import { LineageReader } from '@snowflow/engine/lineage/follow-lineage';
import { lineageOf } from '@snowflow/engine/lineage/lineage-of';
import { PolyglotSqlParser } from '@snowflow/engine/sql/polyglot.sql-parser';
import { validate } from '@snowflow/engine/validate/validate';
import type { Knowledge } from '@snowflow/nodes/kit/node-definition';

const folder = join(__dirname, 'starters');
const starters = new Map(
  readdirSync(folder).map((file): [string, unknown] => [
    file.replace('.json', ''),
    JSON.parse(readFileSync(join(folder, file), 'utf8')),
  ]),
);

/** TPC-H’s tables, the workflow that a map runs, and what the SQL of a person’s own would be described as. */
function knowledge(document: WorkflowDocument): Map<string, Knowledge> {
  const known = tpchKnowledge(document);
  for (const { id, type } of document.nodes) {
    const parameters = [{ name: 'region', type: 'string' as const, optional: true }];
    if (type === 'logic.map') known.set(id, { state: 'workflow', name: 'Of a region', parameters, reach: 'ends' });
    const columns = [
      { name: 'RULE', type: 'VARCHAR(25)', nullable: true },
      { name: 'BROKEN', type: 'NUMBER(18,0)', nullable: false },
      { name: 'FIRST_ORDER', type: 'NUMBER(38,0)', nullable: true },
    ];
    const comments = [
      { name: 'L_PARTKEY', type: 'NUMBER(38,0)', nullable: false },
      { name: 'L_COMMENT', type: 'VARCHAR(44)', nullable: false },
    ];
    if (type === 'shape.sql') known.set(id, { state: 'found', columns: id === 'returned' ? comments : columns });
  }
  return known;
}

/** Written by hand: by starter, an output and each of its columns with what it is made of, and with what decides besides. */
const EXPECTED: Record<string, { output: string; made: Record<string, string>; decided: string }> = {
  'revenue-by-nation': {
    output: 'result',
    made: {
      N_NAME: 'NATION.N_NAME',
      REVENUE: 'LINEITEM.L_DISCOUNT LINEITEM.L_EXTENDEDPRICE',
      ORDERS: 'ORDERS.O_ORDERKEY',
    },
    decided:
      'CUSTOMER.C_CUSTKEY CUSTOMER.C_NATIONKEY LINEITEM.L_DISCOUNT LINEITEM.L_EXTENDEDPRICE LINEITEM.L_ORDERKEY NATION.N_NAME NATION.N_NATIONKEY ORDERS.O_CUSTKEY ORDERS.O_ORDERDATE ORDERS.O_ORDERKEY',
  },
  'late-shipments-with-approval': {
    output: 'written',
    made: {
      O_ORDERKEY: 'ORDERS.O_ORDERKEY',
      CLERK: 'ORDERS.O_CLERK',
      SHIP_MODE: 'LINEITEM.L_SHIPMODE',
      DAYS_LATE: 'LINEITEM.L_COMMITDATE LINEITEM.L_RECEIPTDATE',
    },
    decided:
      'LINEITEM.L_COMMITDATE LINEITEM.L_ORDERKEY LINEITEM.L_RECEIPTDATE ORDERS.O_ORDERKEY ORDERS.O_ORDERPRIORITY',
  },
  'customer-segments-to-a-table': {
    output: 'written',
    made: {
      CUSTOMER: 'CUSTOMER.C_CUSTKEY',
      NAME: 'CUSTOMER.C_NAME',
      MARKET: 'CUSTOMER.C_MKTSEGMENT',
      SPENT: 'ORDERS.O_TOTALPRICE',
      ORDERS: 'ORDERS.*',
      LAST_ORDER: 'ORDERS.O_ORDERDATE',
      SEGMENT: 'ORDERS.O_TOTALPRICE',
    },
    decided: 'CUSTOMER.C_CUSTKEY ORDERS.O_CUSTKEY',
  },
  'supplier-scorecard': {
    output: 'result',
    made: {
      NATION: 'NATION.N_NAME',
      PLACE: 'LINEITEM.* NATION.* SUPPLIER.*',
      SUPPLIER: 'SUPPLIER.S_NAME',
      DAYS_LATE: 'LINEITEM.L_COMMITDATE LINEITEM.L_RECEIPTDATE',
      RETURN_RATE: 'LINEITEM.L_QUANTITY LINEITEM.L_RETURNFLAG',
      LINES: 'LINEITEM.*',
    },
    decided:
      'LINEITEM.L_COMMITDATE LINEITEM.L_RECEIPTDATE LINEITEM.L_SUPPKEY NATION.N_NAME NATION.N_NATIONKEY SUPPLIER.S_NATIONKEY SUPPLIER.S_SUPPKEY',
  },
  'data-quality-check': {
    output: 'rules',
    made: { RULE: '', BROKEN: 'CUSTOMER.* ORDERS.*', FIRST_ORDER: 'ORDERS.O_ORDERKEY' },
    decided: 'CUSTOMER.C_CUSTKEY ORDERS.O_CUSTKEY ORDERS.O_TOTALPRICE',
  },
  'publish-as-api': {
    output: 'answer',
    made: {
      ORDER_ID: 'ORDERS.O_ORDERKEY',
      ORDERED: 'ORDERS.O_ORDERDATE',
      PRICE: 'ORDERS.O_TOTALPRICE',
      STATE: 'ORDERS.O_ORDERSTATUS',
    },
    decided: 'ORDERS.O_CUSTKEY ORDERS.O_ORDERDATE ORDERS.O_ORDERKEY',
  },
  'revenue-of-a-region': {
    output: 'answer',
    made: { N_NAME: 'NATION.N_NAME', REVENUE: 'ORDERS.O_TOTALPRICE' },
    decided:
      'CUSTOMER.C_CUSTKEY CUSTOMER.C_NATIONKEY NATION.N_NAME NATION.N_NATIONKEY NATION.N_REGIONKEY ORDERS.O_CUSTKEY REGION.R_NAME REGION.R_REGIONKEY',
  },
  'review-sentiment': {
    output: 'result',
    made: { P_BRAND: 'PART.P_BRAND', MOOD: 'LINEITEM.L_COMMENT', REVIEWS: 'LINEITEM.* PART.*' },
    decided:
      'LINEITEM.L_COMMENT LINEITEM.L_LINENUMBER LINEITEM.L_ORDERKEY LINEITEM.L_PARTKEY LINEITEM.L_RETURNFLAG PART.P_BRAND PART.P_PARTKEY',
  },
  'map-over-regions': { output: 'names', made: { REGION: 'REGION.R_NAME' }, decided: '' },
};

/** What models, agents and search services answer: no column of a table stands behind it. */
const ANSWERED = ['question-to-sql', 'support-router', 'research-supervisor', 'search-backed-answers'];

describe('The starter workflows', () => {
  let parser: PolyglotSqlParser;
  beforeAll(async () => {
    parser = await PolyglotSqlParser.create();
  });

  it('each have their lineage written down here', () => {
    expect([...starters.keys()].toSorted()).toEqual([...Object.keys(EXPECTED), ...ANSWERED].toSorted());
  });

  it.each([...starters])('%s is a document in full, and nothing is wrong with it', (_name, starter) => {
    const document = workflowDocument.parse(starter);
    expect(document).toEqual(starter);
    expect(validate(document, knowledge(document), { parser }).problems).toEqual([]);
  });

  const traced = [...starters].filter(([name]) => name in EXPECTED);
  it.each(traced)('%s comes from the columns that it should', (name, starter) => {
    const document = workflowDocument.parse(starter);
    const { graph } = validate(document, knowledge(document), { parser });
    const { output, made, decided } = EXPECTED[name] ?? { output: '', made: {}, decided: '' };
    const reader = graph && new LineageReader(lineageOf(graph, { parser }));
    expect(reader?.graph.columns.get(output)).toEqual(Object.keys(made));
    const shown = (list: { table: string; column: string | null }[]) =>
      [...new Set(list.map(({ table, column }) => `${table}.${column ?? '*'}`))].toSorted().join(' ');
    for (const [column, sources] of Object.entries(made)) {
      const origins = reader?.originsOf(output, column);
      expect([column, shown(origins?.values ?? []), origins?.unknown]).toEqual([column, sources, []]);
      const others = decided.split(' ').filter((one) => !sources.split(' ').includes(one));
      expect([column, shown(origins?.influences ?? [])]).toEqual([column, others.join(' ')]);
    }
  });
});
