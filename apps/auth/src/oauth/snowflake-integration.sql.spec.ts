import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { externalIntegrationSql } from './external-integration.sql';
import { snowflakeIntegrationSql } from './snowflake-integration.sql';

describe('The statements for Snowflake OAuth', () => {
  it('allow a redirect without TLS only where the installation has none', () => {
    expect(snowflakeIntegrationSql('https://snowflow.example.com').sql).not.toContain('NON_TLS');
    const { sql, redirectUri } = snowflakeIntegrationSql('http://localhost:3000/some/path');
    expect(redirectUri).toBe('http://localhost:3000/api/v1/auth/oauth/callback');
    expect(sql).toContain('OAUTH_ALLOW_NON_TLS_REDIRECT_URI = TRUE');
  });

  it('and for External OAuth are those of docs/SECURITY.md', () => {
    const page = readFileSync(join(__dirname, '../../../../docs/SECURITY.md'), 'utf8');
    const external = externalIntegrationSql(
      { issuer: 'https://login.example.com', jwksUri: 'https://login.example.com/keys' },
      { audience: 'https://myorg-myaccount.snowflakecomputing.com' },
    );
    for (const sql of [snowflakeIntegrationSql('https://snowflow.example.com').sql, external]) {
      expect(page).toContain(`\`\`\`sql\n${sql}\n\`\`\``);
    }
  });
});
