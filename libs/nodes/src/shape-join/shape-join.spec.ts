import { columnsAlone } from '../kit/needed';
import { renderText } from '../kit/sql/render';
import { identifier } from '../kit/sql/sql-fragment';
import { shapeJoinSql } from './shape-join.sql';
import { joinedColumns } from './joined-columns';
import { shapeJoin } from './shape-join.definition';
import { columnsOf } from '../kit/columns-of';
import { conformance } from '../kit/conformance';

const input = columnsOf('O_CUSTKEY NUMBER(38,0), C_CUSTKEY NUMBER(38,0), N VARCHAR(3)');

conformance('shape.join', {
  folder: __dirname,
  input,
  hostileNames: (name) => ({ how: 'left', on: [{ left: name, right: name }], suffix: name }),
});

describe('The columns of shape.join', () => {
  const right = columnsOf('C_CUSTKEY NUMBER(10,0), N VARCHAR(9)');
  const names = (config: object) =>
    joinedColumns(shapeJoin.config.parse(config), input, right).map(({ column }) => `${column.name} ${column.type}`);

  it('hold a key of one name once, with the type that holds both, and suffix a name that is taken', () => {
    expect(names({ on: [{ left: 'C_CUSTKEY', right: 'C_CUSTKEY' }] })).toEqual([
      'O_CUSTKEY NUMBER(38,0)',
      'C_CUSTKEY NUMBER(38,0)',
      'N VARCHAR(3)',
      'N_RIGHT VARCHAR(9)',
    ]);
  });

  it('keep both keys where their names differ', () => {
    expect(names({ on: [{ left: 'O_CUSTKEY', right: 'C_CUSTKEY' }], suffix: '2' })).toContain(
      'C_CUSTKEY2 NUMBER(10,0)',
    );
  });

  it('are ambiguous where a name is taken even with its suffix', () => {
    const left = [...input, ...columnsOf('N_RIGHT DATE')];
    const inputs = { left: [left], right: [right] };
    const config = shapeJoin.config.parse({ on: [{ left: 'C_CUSTKEY', right: 'C_CUSTKEY' }] });
    expect(shapeJoin.check(config, { inputs, kinds: {}, parameters: [], known: undefined })).toEqual([
      expect.objectContaining({ code: 'AMBIGUOUS_COLUMN', path: 'suffix' }),
    ]);
  });
});

describe('What shape.join needs of its sides', () => {
  const relation = (name: string, columns: typeof input) => ({
    from: identifier(name),
    columns,
    hidden: [],
    order: [],
  });
  const inputs = {
    left: [relation('a', input)],
    right: [relation('b', columnsOf('C_CUSTKEY NUMBER(10,0), N VARCHAR(9)'))],
  };
  const config = shapeJoin.config.parse({ on: [{ left: 'C_CUSTKEY', right: 'C_CUSTKEY' }] });

  it('is the keys and what is needed of each, under the names they have beside all the others', () => {
    const needed = columnsAlone(['N_RIGHT']);
    const needs = shapeJoinSql.columnsNeeded?.(config, inputs, { columns: [], needed });
    expect(needs).toEqual({ left: [columnsAlone(['C_CUSTKEY'])], right: [columnsAlone(['C_CUSTKEY', 'N'])] });
    const { query } = shapeJoinSql.compose(config, inputs, { columns: [], parameters: [], needed });
    expect(renderText(query)).toMatch(/^SELECT "r"\."N" AS "N_RIGHT" FROM /);
  });
});
