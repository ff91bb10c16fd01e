import type { PinnedContext } from '@snowflow/contracts/sessions/session-record';
import { nextContext } from './next-context';

const current: PinnedContext = {
  role: 'SYSADMIN',
  secondaryRoles: 'NONE',
  warehouse: 'DEMO_WH',
  database: 'DEMO',
  schema: 'PUBLIC',
};

describe('The next context', () => {
  it('keeps what was not named', () => {
    expect(nextContext(current, {})).toEqual(current);
    expect(nextContext(current, { warehouse: 'LOAD_WH' })).toEqual({ ...current, warehouse: 'LOAD_WH' });
  });

  it('leaves the schema behind with its database', () => {
    expect(nextContext(current, { database: 'OTHER' })).toEqual({ ...current, database: 'OTHER', schema: null });
    expect(nextContext(current, { database: 'DEMO' })).toEqual(current);
    expect(nextContext(current, { database: 'OTHER', schema: 'S' })).toMatchObject({ database: 'OTHER', schema: 'S' });
  });
});
