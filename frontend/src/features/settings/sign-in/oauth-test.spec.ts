import { rolesForOauth, testAddress } from './oauth-test';

describe('trying an OAuth client', () => {
  it('offers no role that Snowflake keeps out of OAuth', () => {
    expect(rolesForOauth(['ACCOUNTADMIN', 'ANALYST', 'SECURITYADMIN', 'PUBLIC'])).toEqual(['ANALYST', 'PUBLIC']);
  });
  it('comes back to the settings, with a role only where one was chosen', () => {
    expect(testAddress('org-acme', 'snowflake', '')).toBe(
      '/api/v1/auth/oauth/authorize?account=org-acme&provider=snowflake&next=%2Fsettings%2Fsign-in',
    );
    expect(testAddress('a', 'external', 'R & D')).toContain('role=R+%26+D');
  });
});
