import { rightsOf, RightsTarget } from './rights-of';

const made: RightsTarget = {
  target: 'view',
  name: { database: 'DEMO', schema: 'PUBLIC', name: 'SEEN' },
  role: 'LOADER',
  secondaryRoles: 'NONE',
  warehouse: 'WH',
  reads: [{ nodeId: 'orders', object: 'SALES.PUBLIC.ORDERS' }],
  writes: [],
};

describe('Whose rights readers get', () => {
  it('are the owning role’s for a view, whatever the reader may read', () => {
    const rights = rightsOf(made);
    expect(rights).toMatchObject({ decidedBy: 'owner', role: 'LOADER', reads: made.reads });
    expect(rights.summary).toContain('reads what LOADER may read');
    expect(rights.consequences.join(' ')).toContain('can be read by everyone who may use the view');
    expect(rightsOf({ ...made, secure: true }).consequences.join(' ')).toContain('shown to its owner only');
  });

  it('are the owning role’s for a task, on a warehouse that it pays for', () => {
    const rights = rightsOf({ ...made, target: 'task' });
    expect(rights.decidedBy).toBe('owner');
    expect(rights.consequences.join(' ')).toContain('uses the credits of WH');
    expect(rights.needs.join(' ')).toContain('EXECUTE TASK');
  });

  it('are the caller’s for a procedure, and the runner’s for a script', () => {
    expect(rightsOf({ ...made, target: 'procedure' }).decidedBy).toBe('caller');
    expect(rightsOf({ ...made, target: 'sql' })).toMatchObject({ decidedBy: 'runner', needs: [] });
  });

  it('leave secondary roles out where an owner’s decide', () => {
    const secondary = (target: RightsTarget['target']) =>
      rightsOf({ ...made, target, secondaryRoles: 'ALL' }).consequences.some((one) => one.includes('secondary roles'));
    expect([secondary('view'), secondary('task'), secondary('procedure')]).toEqual([true, true, false]);
  });

  it('speak of the default role where none is pinned', () => {
    expect(rightsOf({ ...made, role: null }).summary).toContain('your default role');
  });
});
