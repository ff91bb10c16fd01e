import { columnsOf } from '../columns-of';
import { columnsNamed } from './columns-named';

const columns = columnsOf('A NUMBER(38,0), B VARCHAR(3), YEAR NUMBER(4,0), I_"Q VARCHAR(3)');

describe('The columns that an expression may read', () => {
  it.each<[string, string[]]>([
    ['A > 1', ['A']],
    ['a + b', ['A', 'B']],
    ['"A" IS NULL', ['A']],
    ['"I_""Q" = 1', ['I_"Q']],
    ["B = 'A'", ['B']],
    ['B /* A */ = {{ parameters.A }}', ['B']],
    ['YEAR(B) = 1998', ['B', 'YEAR']],
    ['A * 2 * B', ['A', 'B']],
    ['(A) * 2', ['A']],
    ['COUNT(*) > 3', []],
    ['COUNT( * ) OVER (PARTITION BY B)', ['B']],
    ['TRUE', []],
  ])('are few in %s', (text, names) => expect(columnsNamed(text, columns)).toEqual(names));

  it.each(['HASH(*)', 'OBJECT_CONSTRUCT(*)', 'COUNT(DISTINCT *)', 'F(1, *)', '{*}', 'T.* = 1'])(
    'are all in %s',
    (text) => expect(columnsNamed(text, columns)).toHaveLength(4),
  );
});
