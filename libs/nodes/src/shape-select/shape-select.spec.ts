import { columnsAlone } from '../kit/needed';
import { renderText } from '../kit/sql/render';
import { identifier } from '../kit/sql/sql-fragment';
import type { Needed } from '../kit/sql-node';
import { shapeSelectSql } from './shape-select.sql';
import { shapeSelect } from './shape-select.definition';
import { columnsOf } from '../kit/columns-of';
import { conformance } from '../kit/conformance';
import { renderBinds } from '../kit/sql/render';

const input = columnsOf(
  'L_ORDERKEY NUMBER(38,0), L_SHIPDATE DATE, L_EXTENDEDPRICE NUMBER(12,2), L_DISCOUNT NUMBER(12,2)',
);

conformance('shape.select', {
  folder: __dirname,
  input,
  hostileNames: (name) => ({ columns: [{ column: name }, { expression: '1', as: `${name}2` }] }),
});

describe('shape.select that keeps the other columns', () => {
  it('renames in place, replaces a column by its expression, and appends new ones', () => {
    const config = shapeSelect.config.parse({
      keepOthers: true,
      columns: [
        { expression: 'L_DISCOUNT + 1', as: 'L_DISCOUNT' },
        { column: 'L_ORDERKEY', as: 'KEY' },
        { expression: '1', as: 'ONE' },
      ],
    });
    const { out } = shapeSelect.outputColumns(config, {
      inputs: { in: [input] },
      kinds: {},
      parameters: [],
      known: undefined,
    });
    expect(out?.map(({ name, type }) => [name, type])).toEqual([
      ['KEY', 'NUMBER(38,0)'],
      ['L_SHIPDATE', 'DATE'],
      ['L_EXTENDEDPRICE', 'NUMBER(12,2)'],
      ['L_DISCOUNT', ''],
      ['ONE', ''],
    ]);
  });
});

describe('The expressions of shape.select', () => {
  const config = shapeSelect.config.parse({
    columns: [
      { column: 'L_ORDERKEY' },
      { expression: 'YEAR(L_SHIPDATE)', as: 'Y' },
      { expression: 'L_DISCOUNT > {{ parameters.least }}', as: 'HIGH' },
    ],
  });
  const parameters = [{ name: 'least', type: 'number' }];
  const context = { inputs: { in: [input] }, kinds: {}, parameters, known: undefined };

  it('are described over an empty relation of the columns they name', () => {
    const [question] = shapeSelect.questions?.(config, context) ?? [];
    expect(question?.kind === 'describe' && renderBinds(question.statement, { least: 1 })).toEqual({
      sql: 'SELECT (YEAR(L_SHIPDATE)) AS "Y", (L_DISCOUNT > ?) AS "HIGH" FROM (SELECT CAST(NULL AS DATE) AS "L_SHIPDATE", CAST(NULL AS NUMBER(12,2)) AS "L_DISCOUNT")',
      binds: [1],
    });
  });

  it.each([
    ['nothing is computed', { columns: [{ column: 'L_ORDERKEY' }] }, input],
    ['the input is not known', config, undefined],
    [
      'a type is not known',
      config,
      [...columnsOf('L_DISCOUNT FLOAT'), { name: 'L_SHIPDATE', type: '', nullable: true }],
    ],
    ['a type can’t be cast to', config, columnsOf('L_SHIPDATE DATE, L_DISCOUNT VECTOR')],
  ])('are not asked about where %s', (_why, columns, over) => {
    expect(shapeSelect.questions?.(shapeSelect.config.parse(columns), { inputs: { in: [over] }, parameters })).toEqual(
      [],
    );
  });

  it('wait for no column that they don’t name', () => {
    const one = shapeSelect.config.parse({ columns: [{ expression: '1 + "l x"', as: 'X' }] });
    const over = [...columnsOf('V VECTOR'), { name: 'l x', type: 'FLOAT', nullable: true }];
    const sqlOf = (columns: object, reaching: typeof over) => {
      const [question] =
        shapeSelect.questions?.(shapeSelect.config.parse(columns), { inputs: { in: [reaching] }, parameters }) ?? [];
      return question?.kind === 'describe' && renderBinds(question.statement).sql;
    };
    expect(sqlOf(one, over)).toBe('SELECT (1 + "l x") AS "X" FROM (SELECT CAST(NULL AS FLOAT) AS "l x")');
    expect(sqlOf({ columns: [{ expression: 'CURRENT_DATE', as: 'X' }] }, over)).toBe('SELECT (CURRENT_DATE) AS "X"');
  });

  it('give their columns the types that were described', () => {
    const columns = columnsOf('Y NUMBER(4,0), HIGH BOOLEAN');
    const { out } = shapeSelect.outputColumns(config, { ...context, known: { state: 'found', columns } });
    expect(out?.map(({ type }) => type)).toEqual(['NUMBER(38,0)', 'NUMBER(4,0)', 'BOOLEAN']);
  });

  it('are named with what Snowflake holds against them', () => {
    const known = { state: 'invalid' as const, message: 'Unknown function YAER' };
    expect(shapeSelect.check(config, { ...context, known })).toMatchObject([{ code: 'INVALID_SQL', path: 'columns' }]);
    const one = shapeSelect.config.parse({ columns: [{ column: 'L_ORDERKEY' }, { expression: 'YAER()', as: 'Y' }] });
    expect(shapeSelect.check(one, { ...context, known })).toEqual([
      { severity: 'error', code: 'INVALID_SQL', path: 'columns.1.expression', message: 'Unknown function YAER' },
    ]);
  });
});

describe('What shape.select needs', () => {
  const relation = {
    from: identifier('r'),
    columns: input,
    hidden: [],
    order: [{ column: 'L_SHIPDATE', direction: 'asc' as const }],
  };
  const config = shapeSelect.config.parse({
    columns: [
      { column: 'L_ORDERKEY', as: '__order_1' },
      { expression: 'L_EXTENDEDPRICE * 2', as: 'TWICE' },
    ],
  });
  const narrow = (needed: Needed) =>
    shapeSelectSql.compose(config, { in: [relation] }, { columns: [], parameters: [], needed });

  it('is what its needed columns are computed from', () => {
    const needed = columnsAlone(['TWICE']);
    expect(shapeSelectSql.columnsNeeded?.(config, { in: [relation] }, { columns: [], needed })).toEqual({
      in: [columnsAlone(['L_EXTENDEDPRICE'])],
    });
    expect(renderText(narrow(needed).query)).toBe('SELECT (L_EXTENDEDPRICE * 2) AS "TWICE" FROM "r"');
  });

  it('keeps the name of a hidden column, whichever columns beside it are needed', () => {
    expect(narrow({ columns: new Set(['TWICE']), order: true })).toMatchObject({ hidden: ['__order_2'] });
  });
});
