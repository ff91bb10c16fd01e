import { tenantSettings } from '../../../testing/tenant-settings';
import { toForm } from './settings-form';
import { withChanges } from './with-changes';

const began = toForm(
  tenantSettings({ methods: ['oauth', 'password', 'pat'], ownerRoles: ['ACCOUNTADMIN', 'SECURITYADMIN'] }),
);
const budget = (statements: string) => ({ ...began.limits.runBudget, statements });

describe('What was typed over settings that somebody else has saved since', () => {
  it('stays, and the rest is as the other saved it', () => {
    const typed = { ...began, defaultWarehouse: 'WH', limits: { ...began.limits, runsPerTenant: 3 } };
    const newer = {
      ...began,
      methods: ['oauth', 'pat'],
      limits: { ...began.limits, queueLength: 9, runBudget: budget('5') },
    };
    expect(withChanges(typed, began, newer)).toEqual({
      ...newer,
      defaultWarehouse: 'WH',
      limits: { ...newer.limits, runsPerTenant: 3 },
    });
  });

  it('brings nothing back that the other has taken off a list, and takes nothing away that the other has put on it', () => {
    const typed = { ...began, methods: ['oauth', 'password', 'pat', 'key-pair'], ownerRoles: 'ACCOUNTADMIN\nLEADS' };
    const newer = { ...began, methods: ['oauth', 'pat', 'container'], ownerRoles: 'ACCOUNTADMIN\nSECURITYADMIN\nOPS' };
    expect(withChanges(typed, began, newer)).toMatchObject({
      methods: ['oauth', 'pat', 'key-pair', 'container'],
      ownerRoles: 'ACCOUNTADMIN\nLEADS\nOPS',
    });
  });

  it('wins where both have changed the same field', () => {
    const typed = { ...began, idleMinutes: 30 };
    expect(withChanges(typed, began, { ...began, idleMinutes: 45 })).toEqual(typed);
  });
});
