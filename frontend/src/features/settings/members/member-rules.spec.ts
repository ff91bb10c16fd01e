import type { Member } from '../../../api/tenant';
import { givableRoles, whyNotChange, whyNotRemove } from './member-rules';

const member = (appRole: Member['appRole'], because: Member['because'] = 'invitation'): Member => ({
  userId: 'usr_1',
  username: 'BEN',
  appRole,
  because,
  state: 'active',
  lastSeenAt: null,
});
const owner = { username: 'ANN', appRole: 'owner' as const };
const admin = { username: 'ANN', appRole: 'admin' as const };

describe('who may change whom', () => {
  it('lets owners change everybody but themselves', () => {
    for (const role of ['admin', 'builder', 'viewer'] as const)
      expect(whyNotChange(owner, member(role))).toBeUndefined();
    expect(whyNotRemove({ ...owner, username: 'BEN' }, member('builder'))).toContain('themselves');
  });
  it('leaves owners and admins to owners', () => {
    expect(whyNotRemove(admin, member('admin'))).toContain('Only owners');
    expect(whyNotRemove(admin, member('owner', 'proof'))).toContain('Only owners');
    expect(whyNotRemove(admin, member('viewer'))).toBeUndefined();
    expect(givableRoles('owner')).toContain('admin');
    expect(givableRoles('admin')).not.toContain('admin');
  });
  it('does not take from somebody what a Snowflake role gives them', () => {
    expect(whyNotChange(owner, member('owner', 'snowflake-role'))).toContain('Snowflake');
    expect(whyNotRemove(owner, member('owner', 'snowflake-role'))).toBeUndefined();
  });
});
