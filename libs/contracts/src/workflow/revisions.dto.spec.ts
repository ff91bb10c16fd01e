import { parseInput } from '@snowflow/contracts/dto/parse-input';
import { ChosenRevision } from './revisions.dto';

describe('The number of a revision', () => {
  it('is refused where it is larger than what is kept can hold', () => {
    expect(parseInput(ChosenRevision, { revision: 999_999_999 })).toEqual({ revision: 999_999_999 });
    expect(() => parseInput(ChosenRevision, { revision: 1e12 })).toThrow(/not valid/);
  });
});
