import { externalIntegrationSql } from './external-integration.sql';

const keys = { issuer: 'https://login.example.com/tenant', jwksUri: 'https://login.example.com/tenant/keys' };

describe('The statement for External OAuth', () => {
  it('names issuer, keys, audience and claim of a provider that Snowflake does not know by name', () => {
    expect(
      externalIntegrationSql(keys, {
        audience: 'https://acme.snowflakecomputing.com',
        userClaim: 'email',
        userAttribute: 'EMAIL_ADDRESS',
      }),
    ).toBe(
      [
        'USE ROLE ACCOUNTADMIN;',
        'CREATE SECURITY INTEGRATION SNOWFLOW_EXTERNAL',
        '  TYPE = EXTERNAL_OAUTH',
        '  ENABLED = TRUE',
        '  EXTERNAL_OAUTH_TYPE = CUSTOM',
        "  EXTERNAL_OAUTH_ISSUER = 'https://login.example.com/tenant'",
        "  EXTERNAL_OAUTH_JWS_KEYS_URL = 'https://login.example.com/tenant/keys'",
        "  EXTERNAL_OAUTH_AUDIENCE_LIST = ('https://acme.snowflakecomputing.com')",
        "  EXTERNAL_OAUTH_TOKEN_USER_MAPPING_CLAIM = 'email'",
        "  EXTERNAL_OAUTH_SNOWFLAKE_USER_MAPPING_ATTRIBUTE = 'EMAIL_ADDRESS'",
        "  EXTERNAL_OAUTH_SCOPE_MAPPING_ATTRIBUTE = 'scope'",
        "  EXTERNAL_OAUTH_ANY_ROLE_MODE = 'ENABLE';",
      ].join('\n'),
    );
  });

  it.each([
    ['https://login.microsoftonline.com/3f2/v2.0', 'AZURE', 'upn'],
    ['https://sts.windows.net/3f2/', 'AZURE', 'upn'],
    ['https://acme.okta.com/oauth2/aus1', 'OKTA', 'sub'],
    ['https://okta.com.example.org', 'CUSTOM', 'sub'],
    ['https://login.microsoftonline.com.evil.example', 'CUSTOM', 'sub'],
  ])('takes %s for %s, whose people stand in %s', (issuer, type, claim) => {
    const sql = externalIntegrationSql({ ...keys, issuer }, {});
    expect(sql).toContain(`EXTERNAL_OAUTH_TYPE = ${type}\n`);
    expect(sql).toContain(`EXTERNAL_OAUTH_TOKEN_USER_MAPPING_CLAIM = '${claim}'\n`);
    expect(sql).not.toContain('AUDIENCE');
  });

  it('lets no value end its constant', () => {
    const sql = externalIntegrationSql({ issuer: "https://a.example/'x", jwksUri: 'https://a.example/?\\' }, {});
    expect(sql).toContain("EXTERNAL_OAUTH_ISSUER = 'https://a.example/''x'\n");
    expect(sql).toContain("EXTERNAL_OAUTH_JWS_KEYS_URL = 'https://a.example/?\\\\'\n");
  });
});
