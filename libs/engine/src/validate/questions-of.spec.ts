import { columnsOf } from '@snowflow/nodes/kit/columns-of';
import type { Knowledge } from '@snowflow/nodes/kit/node-definition';
import { draw, tpch } from '../fixtures/draw';
import { PolyglotSqlParser } from '../sql/polyglot.sql-parser';
import { questionsOf } from './questions-of';

describe('Questions', () => {
  it('ask for the columns of sources and targets, and for a description of SQL with its binds', async () => {
    const parser = await PolyglotSqlParser.create();
    const at = { database: 'D', schema: 'S', table: 'T' };
    const document = {
      ...draw(
        tpch('orders', 'ORDERS'),
        ['q', 'source.sql', { sql: 'SELECT {{ parameters.p }} AS X;' }],
        ['bad', 'source.sql', { sql: 'DROP TABLE X' }],
        ['worse', 'source.sql', { sql: 'WITH x AS (DELETE FROM T) SELECT 1' }],
        ['half', 'source.table', { database: 'D' }],
        ['w', 'output.table', { ...at, mode: 'append' }, 'orders'],
      ),
      parameters: [{ name: 'p', type: 'string' as const }],
    };
    expect(questionsOf(document, { parser })).toEqual([
      {
        nodeId: 'orders',
        question: { kind: 'columns', database: 'SNOWFLAKE_SAMPLE_DATA', schema: 'TPCH_SF1', name: 'ORDERS' },
      },
      { nodeId: 'q', question: { kind: 'describe', sql: 'SELECT ? AS X', binds: [''] } },
      { nodeId: 'w', question: { kind: 'columns', database: 'D', schema: 'S', name: 'T' } },
    ]);
  });

  it('over another node’s columns come once these are known, with their types', () => {
    const document = draw(
      tpch('orders', 'ORDERS'),
      ['year', 'shape.select', { columns: [{ expression: 'YEAR(O_ORDERDATE)', as: 'Y' }] }, 'orders'],
      ['sql', 'shape.sql', { inputs: ['years'], sql: 'SELECT Y + 1 AS NEXT FROM years' }, 'year>years'],
      ['next', 'shape.select', { columns: [{ expression: 'NEXT * 2', as: 'N' }] }, 'sql'],
    );
    const known = new Map<string, Knowledge>();
    const asked = () => questionsOf(document, { known }).map(({ nodeId }) => nodeId);
    const found = (columns: string): Knowledge => ({ state: 'found', columns: columnsOf(columns) });
    expect(asked()).toEqual(['orders']);
    known.set('orders', found('O_ORDERDATE DATE'));
    expect(asked()).toEqual(['year']);
    known.set('year', found('Y NUMBER(4,0)'));
    expect(questionsOf(document, { known })).toEqual([
      {
        nodeId: 'sql',
        question: {
          kind: 'describe',
          sql: 'WITH "YEARS" AS (SELECT CAST(NULL AS NUMBER(4,0)) AS "Y") SELECT * FROM (SELECT Y + 1 AS NEXT FROM years)',
          binds: [],
        },
      },
    ]);
    known.set('sql', found('NEXT NUMBER(5,0)'));
    expect(asked()).toEqual(['next']);
    known.set('next', found('N NUMBER(6,0)'));
    expect(asked()).toEqual([]);
  });

  it('about what is known already come together, however long the chain', () => {
    const year = (as: string) => ({ columns: [{ expression: 'YEAR(O_ORDERDATE)', as }], keepOthers: true });
    const document = draw(
      tpch('orders', 'ORDERS'),
      ['a', 'shape.select', year('A'), 'orders'],
      ['b', 'shape.select', year('B'), 'a'],
      ['c', 'shape.select', { columns: [{ expression: 'A + B', as: 'C' }] }, 'b'],
    );
    const known = new Map<string, Knowledge>([['orders', { state: 'found', columns: columnsOf('O_ORDERDATE DATE') }]]);
    expect(questionsOf(document, { known }).map(({ nodeId }) => nodeId)).toEqual(['a', 'b']);
  });
});
