import { startStack, Stack } from '@snowflow/testing/stack';
import { allRows, ApiClient, runToEnd } from './support/api-client';
import { DocumentBuilder } from './support/document-builder';

const CURRENCY = [
  { name: 'REGION', type: 'VARCHAR' },
  { name: 'RATE', type: 'NUMBER(6,3)' },
];

/** Every relational node that is no table, filter, join or aggregate, from values and a table to one result. */
function shapes() {
  return new DocumentBuilder('Shapes')
    .tpch('nation', 'NATION')
    .tpch('region', 'REGION')
    .node('rates', 'source.values', {
      columns: CURRENCY,
      rows: [
        ['EUROPE', 1.125],
        ['ASIA', '0.5'],
        ['MOON', null],
      ],
    })
    .node(
      'named',
      'shape.select',
      { columns: [{ column: 'N_REGIONKEY' }, { expression: 'LENGTH(N_NAME)', as: 'LONG' }] },
      'nation',
    )
    .node(
      'paid',
      'shape.sql',
      {
        inputs: ['nations', 'regions', 'rates'],
        sql: 'WITH priced AS (SELECT R_REGIONKEY, R_NAME, RATE FROM regions JOIN rates ON R_NAME = REGION) SELECT R_NAME AS REGION, LONG, RATE * LONG AS PRICE FROM nations JOIN priced ON N_REGIONKEY = R_REGIONKEY',
      },
      { nations: 'named', regions: 'region', rates: 'rates' },
    )
    .node('once', 'shape.distinct', {}, 'paid')
    .node(
      'ranked',
      'shape.window',
      { partitionBy: ['REGION'], orderBy: [{ column: 'LONG' }], functions: [{ function: 'rowNumber', as: 'NTH' }] },
      'once',
    )
    .node('first', 'shape.filter', { conditions: [{ column: 'NTH', operator: 'lte', value: 2 }] }, 'ranked')
    .node(
      'wide',
      'shape.pivot',
      {
        groupBy: ['REGION'],
        column: 'NTH',
        values: [
          { value: 1, as: 'SHORTEST' },
          { value: 2, as: 'NEXT' },
        ],
        measure: { function: 'sum', column: 'PRICE' },
      },
      'first',
    )
    .node('long', 'shape.unpivot', { columns: ['SHORTEST', 'NEXT'], nameColumn: 'WHICH', valueColumn: 'PRICE' }, 'wide')
    .node('sorted', 'shape.sort', { by: [{ column: 'REGION' }, { column: 'PRICE' }] }, 'long')
    .node('out', 'output.result', { name: 'Shapes' }, 'sorted')
    .build();
}

describe('Relational nodes through the API', () => {
  let stack: Stack;
  let api: ApiClient;

  beforeAll(async () => {
    stack = await startStack();
    api = new ApiClient(stack.gatewayUrl);
    await api.connect('demo');
  }, 120_000);
  afterAll(() => stack?.stop(), 60_000);

  it('are one statement, whose described columns validation answers', async () => {
    const checked = await api.call('POST', '/workflows/validate', { body: { definition: shapes() } });
    expect(checked.body).toMatchObject({
      valid: true,
      problems: [],
      plan: [{ step: 'out' }],
      columns: {
        named: { out: [{ name: 'N_REGIONKEY' }, { name: 'LONG', type: expect.stringMatching(/^NUMBER/) }] },
        paid: {
          out: [
            { name: 'REGION', type: 'VARCHAR(25)' },
            { name: 'LONG', type: expect.stringMatching(/^NUMBER/) },
            { name: 'PRICE', type: expect.stringMatching(/^NUMBER\(\d+,3\)/) },
          ],
        },
      },
    });
  });

  it('give the rows of all of them together', async () => {
    const run = await runToEnd(api, { definition: shapes() });
    expect(run).toMatchObject({ status: 'succeeded' });
    const { rows } = await allRows(api, run.id, 'out');
    expect(rows.map((row) => row.map(String).join(' '))).toEqual([
      'ASIA SHORTEST 2.500',
      'ASIA NEXT 3.500',
      'EUROPE SHORTEST 6.750',
      'EUROPE NEXT 7.875',
    ]);
  });

  it('name the node and the field where Snowflake holds something against their SQL', async () => {
    const definition = shapes();
    const broken = {
      ...definition,
      nodes: definition.nodes.map((node) =>
        node.id === 'named' ? { ...node, config: { columns: [{ expression: 'NO_SUCH(N_NAME)', as: 'LONG' }] } } : node,
      ),
    };
    const checked = await api.call('POST', '/workflows/validate', { body: { definition: broken } });
    expect(checked.body).toMatchObject({
      valid: false,
      problems: expect.arrayContaining([
        expect.objectContaining({ code: 'INVALID_SQL', nodeId: 'named', path: 'columns.0.expression' }),
      ]),
    });
  });
});
