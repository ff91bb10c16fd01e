import { differingContext } from './differing-context';

const stood = { role: 'ANALYST', warehouse: 'WH', database: 'DB', schema: 'S' };

describe('differingContext', () => {
  it('is nothing where one stands as before', () => {
    expect(differingContext(stood, stood)).toBeUndefined();
  });
  it('names only what differs', () => {
    expect(differingContext(stood, { ...stood, warehouse: null })).toEqual({ warehouse: 'WH' });
  });
  it('takes the schema with its database', () => {
    expect(differingContext(stood, { ...stood, database: 'OTHER' })).toEqual({ database: 'DB', schema: 'S' });
  });
  it('does not ask for what was not chosen', () => {
    expect(differingContext({ ...stood, database: null, schema: null }, stood)).toBeUndefined();
  });
});
