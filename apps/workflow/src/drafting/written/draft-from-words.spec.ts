import { workflowDocument, type WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import { documentOf, result } from '../../testing/documents';
import type { VisibleSource } from '../visible-source';
import { draftFromWords } from './draft-from-words';

const source = (name: string, columns: Record<string, string>, schema = 'TPCH_SF1'): VisibleSource => ({
  database: 'SNOWFLAKE_SAMPLE_DATA',
  schema,
  name,
  columns: Object.entries(columns).map(([column, type]) => ({ name: column, type })),
});

const NUMBER = 'NUMBER(38,0)';
const sources = [
  source('ORDERS', {
    O_ORDERKEY: NUMBER,
    O_CUSTKEY: NUMBER,
    O_ORDERSTATUS: 'VARCHAR(1)',
    O_TOTALPRICE: 'NUMBER(12,2)',
    O_ORDERDATE: 'DATE',
    O_COMMENT: 'VARCHAR(79)',
  }),
  source('CUSTOMER', {
    C_CUSTKEY: NUMBER,
    C_NATIONKEY: NUMBER,
    C_ACCTBAL: 'NUMBER(12,2)',
    C_MKTSEGMENT: 'VARCHAR(10)',
  }),
  source('LINEITEM', { L_ORDERKEY: NUMBER, L_PARTKEY: NUMBER, L_QUANTITY: NUMBER }),
  source('PARTSUPP', { PS_PARTKEY: NUMBER, PS_SUPPKEY: NUMBER }),
  source('PART', { P_SUPPKEY: NUMBER, P_PARTKEY: NUMBER }),
];

const EMPTY = workflowDocument.parse({ schemaVersion: 1, name: 'New' });
const drafted = (request: string, current: WorkflowDocument = EMPTY) =>
  draftFromWords({ request, current, sources, context: { database: 'DEMO', schema: 'PUBLIC' } });

/** `type {config}` of each node, of sources the table alone. */
const drawn = ({ document }: { document: WorkflowDocument }) =>
  document.nodes.map(({ type, config }) => {
    if (type === 'source.table') return String(config['table']);
    if (type === 'output.result') return 'result';
    return [type, config];
  });
const edgesOf = ({ document }: { document: WorkflowDocument }) =>
  document.edges.map(
    ({ source: from, sourcePort, target, targetPort }) => `${from}.${sourcePort} -> ${target}.${targetPort}`,
  );

const filter = (column: string, operator: string, value?: unknown) => [
  'shape.filter',
  { match: 'all', conditions: [{ column, operator, ...(value === undefined ? {} : { value }) }] },
];
const sumOf = (groupBy: string[], as = 'SUM_O_TOTALPRICE') => [
  'shape.aggregate',
  { groupBy, measures: [{ function: 'sum', column: 'O_TOTALPRICE', as }] },
];
const sorted = (column: string, direction = 'desc') => ['shape.sort', { by: [{ column, direction }] }];
const limit = (rows: number) => ['shape.limit', { rows }];
const written = (database: string, schema: string, table: string, mode: string) => [
  'output.table',
  { database, schema, table, mode },
];

describe('A written request', () => {
  it.each<[string, unknown[]]>([
    ['show ORDERS', ['ORDERS', 'result']],
    ['all rows of orders', ['ORDERS', 'result']],
    ['read SNOWFLAKE_SAMPLE_DATA.TPCH_SF1.ORDERS', ['ORDERS', 'result']],
    ['sum of O_TOTALPRICE by O_ORDERSTATUS from ORDERS', ['ORDERS', sumOf(['O_ORDERSTATUS']), 'result']],
    ['From orders: total o_totalprice per o_orderstatus', ['ORDERS', sumOf(['O_ORDERSTATUS']), 'result']],
    ['sum of O_TOTALPRICE as REVENUE from ORDERS', ['ORDERS', sumOf([], 'REVENUE'), 'result']],
    [
      'sum of O_TOTALPRICE by O_ORDERSTATUS and O_CUSTKEY from ORDERS',
      ['ORDERS', sumOf(['O_ORDERSTATUS', 'O_CUSTKEY']), 'result'],
    ],
    [
      'average O_TOTALPRICE and count of rows for each O_ORDERSTATUS in ORDERS',
      [
        'ORDERS',
        [
          'shape.aggregate',
          {
            groupBy: ['O_ORDERSTATUS'],
            measures: [
              { function: 'avg', column: 'O_TOTALPRICE', as: 'AVG_O_TOTALPRICE' },
              { function: 'count', as: 'NUMBER_OF_ROWS' },
            ],
          },
        ],
        'result',
      ],
    ],
    [
      'count ORDERS by O_ORDERSTATUS',
      [
        'ORDERS',
        ['shape.aggregate', { groupBy: ['O_ORDERSTATUS'], measures: [{ function: 'count', as: 'NUMBER_OF_ROWS' }] }],
        'result',
      ],
    ],
    [
      'number of different O_CUSTKEY from ORDERS',
      [
        'ORDERS',
        [
          'shape.aggregate',
          { groupBy: [], measures: [{ function: 'countDistinct', column: 'O_CUSTKEY', as: 'DIFFERENT_O_CUSTKEY' }] },
        ],
        'result',
      ],
    ],
    ['top 10 CUSTOMER by C_ACCTBAL', ['CUSTOMER', sorted('C_ACCTBAL'), limit(10), 'result']],
    ['bottom 3 customers by C_ACCTBAL', ['CUSTOMER', sorted('C_ACCTBAL', 'asc'), limit(3), 'result']],
    [
      'top 5 O_CUSTKEY by sum of O_TOTALPRICE from ORDERS',
      ['ORDERS', sumOf(['O_CUSTKEY']), sorted('SUM_O_TOTALPRICE'), limit(5), 'result'],
    ],
    [
      'sum of O_TOTALPRICE by O_CUSTKEY from ORDERS, top 10',
      ['ORDERS', sumOf(['O_CUSTKEY']), sorted('SUM_O_TOTALPRICE'), limit(10), 'result'],
    ],
    ['ORDERS where O_TOTALPRICE > 100000', ['ORDERS', filter('O_TOTALPRICE', 'gt', 100_000), 'result']],
    ['filter ORDERS, where O_TOTALPRICE is at least 1,000', ['ORDERS', filter('O_TOTALPRICE', 'gte', 1_000), 'result']],
    ["ORDERS whose O_ORDERSTATUS is 'F'", ['ORDERS', filter('O_ORDERSTATUS', 'eq', 'F'), 'result']],
    ['CUSTOMER where C_MKTSEGMENT is BUILDING', ['CUSTOMER', filter('C_MKTSEGMENT', 'eq', 'BUILDING'), 'result']],
    ['ORDERS where O_ORDERDATE after 1995-01-01', ['ORDERS', filter('O_ORDERDATE', 'gt', '1995-01-01'), 'result']],
    ['ORDERS where O_COMMENT is not empty', ['ORDERS', filter('O_COMMENT', 'isNotNull'), 'result']],
    ["ORDERS where O_ORDERSTATUS in ('F', 'O')", ['ORDERS', filter('O_ORDERSTATUS', 'in', ['F', 'O']), 'result']],
    [
      'ORDERS where O_TOTALPRICE between 10 and 20 and O_COMMENT contains gift',
      [
        'ORDERS',
        [
          'shape.filter',
          {
            match: 'all',
            conditions: [
              { column: 'O_TOTALPRICE', operator: 'between', value: [10, 20] },
              { column: 'O_COMMENT', operator: 'contains', value: 'gift' },
            ],
          },
        ],
        'result',
      ],
    ],
    [
      'sum of O_TOTALPRICE as REVENUE by O_CUSTKEY from ORDERS where O_ORDERSTATUS = F sorted by REVENUE descending, first 20 rows',
      [
        'ORDERS',
        filter('O_ORDERSTATUS', 'eq', 'F'),
        sumOf(['O_CUSTKEY'], 'REVENUE'),
        sorted('REVENUE'),
        limit(20),
        'result',
      ],
    ],
    ['distinct O_ORDERSTATUS from ORDERS', ['ORDERS', ['shape.distinct', { columns: ['O_ORDERSTATUS'] }], 'result']],
    [
      'columns O_ORDERKEY, O_TOTALPRICE from ORDERS',
      ['ORDERS', ['shape.select', { columns: [{ column: 'O_ORDERKEY' }, { column: 'O_TOTALPRICE' }] }], 'result'],
    ],
    [
      'sort ORDERS by O_ORDERDATE, O_TOTALPRICE desc',
      [
        'ORDERS',
        [
          'shape.sort',
          {
            by: [
              { column: 'O_ORDERDATE', direction: 'asc' },
              { column: 'O_TOTALPRICE', direction: 'desc' },
            ],
          },
        ],
        'result',
      ],
    ],
    [
      'ORDERS with a limit of 10, write to DEMO.PUBLIC.TEN_ORDERS',
      ['ORDERS', limit(10), written('DEMO', 'PUBLIC', 'TEN_ORDERS', 'create')],
    ],
    [
      'append ORDERS to SNOWFLAKE_SAMPLE_DATA.TPCH_SF1.PART',
      ['ORDERS', written('SNOWFLAKE_SAMPLE_DATA', 'TPCH_SF1', 'PART', 'append')],
    ],
    ['CUSTOMER, save the result into backup', ['CUSTOMER', written('DEMO', 'PUBLIC', 'BACKUP', 'create')]],
  ])('%s', (request, nodes) => {
    const draft = drafted(request);
    expect(drawn(draft)).toEqual(nodes);
    expect(draft.notUnderstood).toEqual([]);
    expect(draft.explanation).toContain('No model was asked');
  });

  it.each([
    ['join ORDERS and CUSTOMER', 'inner', 'O_CUSTKEY', 'C_CUSTKEY'],
    ['ORDERS left joined with CUSTOMER', 'left', 'O_CUSTKEY', 'C_CUSTKEY'],
    ['join ORDERS and CUSTOMER on C_CUSTKEY = O_ORDERKEY', 'inner', 'O_ORDERKEY', 'C_CUSTKEY'],
  ])('%s', (request, how, left, right) => {
    const draft = drafted(request);
    expect(drawn(draft)).toEqual(['ORDERS', 'CUSTOMER', ['shape.join', { how, on: [{ left, right }] }], 'result']);
    expect(edgesOf(draft)).toEqual([
      'table1.out -> join1.left',
      'table2.out -> join1.right',
      'join1.out -> result1.in',
    ]);
    expect(draft.notUnderstood).toEqual([]);
  });

  it('that leaves open by what to join says so and joins nothing', () => {
    const draft = drafted('join PART and PARTSUPP');
    expect(drawn(draft)).toEqual(['PART', 'result']);
    expect(draft.notUnderstood).toEqual([expect.stringContaining('by which columns is not clear')]);
  });

  it('names what was not understood and draws the rest', () => {
    const draft = drafted('ORDERS and predict the churn, sort by O_TOTALPRICE');
    expect(drawn(draft)).toEqual(['ORDERS', sorted('O_TOTALPRICE', 'asc'), 'result']);
    expect(draft.notUnderstood).toEqual(['predict churn']);
    expect(drafted('ORDERS where O_TOTALPRISE > 5').notUnderstood).toEqual(['where O_TOTALPRISE > 5']);
  });

  it('that names nothing the role sees draws nothing', () => {
    const draft = drafted('top 5 EMPLOYEES by SALARY');
    expect(draft.document).toEqual(EMPTY);
    expect(draft.explanation).toContain('Nothing was drawn');
    expect(draft.notUnderstood).not.toEqual([]);
  });
});

describe('A written change', () => {
  const current = workflowDocument.parse(
    documentOf(
      [
        {
          id: 'o',
          type: 'source.table',
          config: { database: 'SNOWFLAKE_SAMPLE_DATA', schema: 'TPCH_SF1', table: 'ORDERS' },
        },
        { id: 'few', type: 'shape.limit', config: { rows: 5 } },
        result('shown'),
      ],
      ['o -> few', 'few -> shown'],
    ),
  );

  it.each<[string, string[]]>([
    ['filter where O_TOTALPRICE > 5', ['o.out -> few.in', 'filter1.out -> shown.in', 'few.out -> filter1.in']],
    ['sort by O_TOTALPRICE', ['o.out -> few.in', 'sort1.out -> shown.in', 'few.out -> sort1.in']],
    ['remove the limit', ['o.out -> shown.in']],
    ['write to DEMO.PUBLIC.X', ['o.out -> few.in', 'few.out -> shown.in', 'few.out -> table1.in']],
    [
      'join with CUSTOMER',
      ['o.out -> few.in', 'join1.out -> shown.in', 'few.out -> join1.left', 'table1.out -> join1.right'],
    ],
  ])('%s', (request, edges) => {
    const draft = drafted(request, current);
    expect(edgesOf(draft)).toEqual(edges);
    expect(draft.notUnderstood).toEqual([]);
  });

  it('of the limit that is there changes it, and nothing else', () => {
    const { document } = drafted('add a limit of 20', current);
    const [orders, few, shown] = current.nodes;
    expect(document).toEqual({ ...current, nodes: [orders, { ...few, config: { rows: 20 } }, shown] });
  });

  it('of a workflow with two ends asks which one', () => {
    const two = {
      ...current,
      nodes: [...current.nodes, ...current.nodes.slice(0, 1).map((one) => ({ ...one, id: 'p' }))],
    };
    const draft = drafted('sort by O_TOTALPRICE', two);
    expect(draft.document).toEqual(two);
    expect(draft.notUnderstood).toEqual([expect.stringContaining('Which rows are meant')]);
  });
});
