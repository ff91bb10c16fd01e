import { rolesForOauth } from './roles-for-oauth';

describe('trying an OAuth client', () => {
  it('offers no role that Snowflake keeps out of OAuth', () => {
    expect(rolesForOauth(['ACCOUNTADMIN', 'ANALYST', 'SECURITYADMIN', 'PUBLIC'])).toEqual(['ANALYST', 'PUBLIC']);
  });
});
