import type { OauthSetupSql } from '@snowflow/contracts/auth/oauth.dto';
import { literal } from './literal.sql';
import { redirectUriOf } from './redirect-uri';

const REFRESH_TOKEN_SECONDS = 86_400;

/** The statements by which an account administrator makes the client that SnowFlow signs people in with. */
export function snowflakeIntegrationSql(publicUrl: string): OauthSetupSql {
  const redirectUri = redirectUriOf(publicUrl);
  const settings = [
    'TYPE = OAUTH',
    'ENABLED = TRUE',
    'OAUTH_CLIENT = CUSTOM',
    "OAUTH_CLIENT_TYPE = 'CONFIDENTIAL'",
    `OAUTH_REDIRECT_URI = ${literal(redirectUri)}`,
    ...(redirectUri.startsWith('http:') ? ['OAUTH_ALLOW_NON_TLS_REDIRECT_URI = TRUE'] : []),
    'OAUTH_ENFORCE_PKCE = TRUE',
    'OAUTH_ISSUE_REFRESH_TOKENS = TRUE',
    `OAUTH_REFRESH_TOKEN_VALIDITY = ${REFRESH_TOKEN_SECONDS}`,
  ];
  const sql = [
    'USE ROLE ACCOUNTADMIN;',
    `CREATE SECURITY INTEGRATION SNOWFLOW\n  ${settings.join('\n  ')};`,
    "SELECT SYSTEM$SHOW_OAUTH_CLIENT_SECRETS('SNOWFLOW');",
  ].join('\n');
  return { redirectUri, sql };
}
