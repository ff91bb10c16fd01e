import { columnsOf } from '../kit/columns-of';
import { conformance } from '../kit/conformance';
import { shapeDistinct } from './shape-distinct.definition';

const input = columnsOf('O_ORDERKEY NUMBER(38,0), O_ORDERSTATUS VARCHAR(1), O_ORDERPRIORITY VARCHAR(15)');

conformance('shape.distinct', {
  folder: __dirname,
  input,
  hostileNames: (name) => ({ columns: [name] }),
});

describe('The columns of shape.distinct', () => {
  const context = { inputs: { in: [input] }, kinds: {}, parameters: [], known: undefined };
  const given = (config: object) => shapeDistinct.outputColumns(shapeDistinct.config.parse(config), context).out;

  it('are all of the input, or exactly those named', () => {
    expect(given({})).toEqual(input);
    expect(given({ columns: [] })).toEqual(input);
    expect(given({ columns: ['O_ORDERPRIORITY', 'O_ORDERKEY'] })).toEqual([input[2], input[0]]);
  });

  it('are looked up where they are named', () => {
    const config = shapeDistinct.config.parse({ columns: ['O_ORDERKEYS', 'O_ORDERSTATUS', 'O_ORDERSTATUS'] });
    expect(shapeDistinct.check(config, context)).toEqual([
      expect.objectContaining({ code: 'UNKNOWN_COLUMN', path: 'columns.0' }),
      expect.objectContaining({ code: 'AMBIGUOUS_COLUMN', path: 'columns.2' }),
    ]);
  });
});
