import fc from 'fast-check';
import { APP_ROLES } from '@snowflow/contracts/sessions/session-record';
import { KnownMember, membershipOf } from './membership';

const rules = {
  ownerRoles: ['ACCOUNTADMIN', 'SECURITYADMIN'],
  autoJoin: [
    { snowflakeRole: 'LOADER', appRole: 'viewer' as const },
    { snowflakeRole: 'PUBLIC', appRole: 'builder' as const },
  ],
};
const roles = fc.subarray(['ACCOUNTADMIN', 'SECURITYADMIN', 'LOADER', 'ANALYST', 'PUBLIC']);
const known = fc.option(
  fc.record<KnownMember>({
    state: fc.constantFrom('active', 'invited', 'removed'),
    granted: fc.option(
      fc.record({
        appRole: fc.constantFrom(...APP_ROLES),
        because: fc.constantFrom('proof', 'invitation', 'assigned'),
      }),
      { nil: undefined },
    ),
  }),
  { nil: undefined },
);

describe('Who somebody is in a tenant', () => {
  it('is an owner by a Snowflake role whatever was decided here, and by that role only or by proof', () => {
    fc.assert(
      fc.property(roles, known, (held, before) => {
        const membership = membershipOf(held, rules, before);
        const holds = held.some((role) => rules.ownerRoles.includes(role));
        expect(membership?.because === 'snowflake-role').toBe(holds);
        if (membership?.appRole === 'owner' && !holds) expect(membership).toEqual(before?.granted);
      }),
    );
  });

  it('is nobody who was removed, until an owner role or an invitation brings them back', () => {
    fc.assert(
      fc.property(roles, known, (held, before) => {
        fc.pre(before?.state === 'removed' && !held.some((role) => rules.ownerRoles.includes(role)));
        expect(membershipOf(held, rules, before)).toBeUndefined();
      }),
    );
  });

  it('is what was given here rather than what a rule gives', () => {
    const granted = { appRole: 'admin', because: 'assigned' } as const;
    expect(membershipOf(['LOADER'], rules, { state: 'active', granted })).toEqual(granted);
    expect(membershipOf(['LOADER'], rules)).toEqual({ appRole: 'viewer', because: 'auto-join' });
  });

  it('joins by the first rule that fits, PUBLIC being everybody, and nowhere without one', () => {
    expect(membershipOf([], rules)).toEqual({ appRole: 'builder', because: 'auto-join' });
    expect(membershipOf(['ANALYST'], { ...rules, autoJoin: rules.autoJoin.slice(0, 1) })).toBeUndefined();
  });
});
