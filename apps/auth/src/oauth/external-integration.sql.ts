import type { ExternalOauthSetupQuery } from '@snowflow/contracts/auth/oauth.dto';
import type { ProviderKeys } from '@snowflow/contracts/connections/connections.dto';
import { literal } from './literal.sql';

const ENTRA = /^(?:login\.microsoftonline\.(?:com|us)|login\.partner\.microsoftonline\.cn|sts\.windows\.net)$/;
const OKTA = /\.(?:okta|oktapreview|okta-emea)\.com$/;

/**
 * The statement by which Snowflake trusts the company's own provider. Issuer and keys are what the provider says of itself; which claim
 * names the person, and to whom the token is addressed, only its administrator knows. Any role is allowed, since SnowFlow asks for
 * `session:role-any` so that people may change their role: Snowflake still refuses what they are not granted.
 */
export function externalIntegrationSql(
  { issuer, jwksUri }: ProviderKeys,
  { audience, userClaim, userAttribute = 'LOGIN_NAME' }: Omit<ExternalOauthSetupQuery, 'issuer'>,
): string {
  const type = typeOf(issuer);
  const settings = [
    'TYPE = EXTERNAL_OAUTH',
    'ENABLED = TRUE',
    `EXTERNAL_OAUTH_TYPE = ${type}`,
    `EXTERNAL_OAUTH_ISSUER = ${literal(issuer)}`,
    `EXTERNAL_OAUTH_JWS_KEYS_URL = ${literal(jwksUri)}`,
    // Without a list Snowflake takes tokens that are addressed to the account's own URL.
    ...(audience ? [`EXTERNAL_OAUTH_AUDIENCE_LIST = (${literal(audience)})`] : []),
    `EXTERNAL_OAUTH_TOKEN_USER_MAPPING_CLAIM = ${literal(userClaim ?? (type === 'AZURE' ? 'upn' : 'sub'))}`,
    `EXTERNAL_OAUTH_SNOWFLAKE_USER_MAPPING_ATTRIBUTE = ${literal(userAttribute)}`,
    ...(type === 'CUSTOM' ? [`EXTERNAL_OAUTH_SCOPE_MAPPING_ATTRIBUTE = 'scope'`] : []),
    `EXTERNAL_OAUTH_ANY_ROLE_MODE = 'ENABLE'`,
  ];
  return `USE ROLE ACCOUNTADMIN;\nCREATE SECURITY INTEGRATION SNOWFLOW_EXTERNAL\n  ${settings.join('\n  ')};`;
}

function typeOf(issuer: string): 'AZURE' | 'OKTA' | 'CUSTOM' {
  const { hostname } = new URL(issuer);
  if (ENTRA.test(hostname)) return 'AZURE';
  return OKTA.test(hostname) ? 'OKTA' : 'CUSTOM';
}
