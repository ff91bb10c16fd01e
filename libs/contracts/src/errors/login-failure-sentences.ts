import type { LoginFailure } from './login-failure';

/** What happened and what to do next, for each reason; services answer it, and pages say it where only the reason reached them. */
export const LOGIN_FAILURE_SENTENCES: Record<LoginFailure, string> = {
  WRONG_CREDENTIALS: 'Snowflake does not know this user name and password. Check both, and the account.',
  MFA_REQUIRED:
    'This user signs in with a second factor. Give the passcode of your authenticator, or let a push be sent and wait.',
  PASSCODE_WRONG: 'Snowflake refused the passcode. Wait for the next one of your authenticator and give that.',
  PUSH_DENIED: 'The request on your device was denied. Try again and approve it, or give a passcode.',
  PUSH_TIMEOUT: 'The request on your device was not approved in time. Try again, or give a passcode.',
  KEY_MISMATCH:
    "The private key does not match the public key that Snowflake has for this user. Look at DESCRIBE USER's RSA_PUBLIC_KEY_FP.",
  KEY_UNREADABLE: 'This is no private key in PEM (PKCS#8). Convert it with: openssl pkcs8 -topk8 -in key.pem',
  KEY_ENCRYPTED: 'The private key is encrypted. Give its passphrase.',
  PASSPHRASE_WRONG: 'The passphrase does not open the private key.',
  TOKEN_INVALID:
    'Snowflake does not accept this token. Check that it is whole, active, and meant for this account and user.',
  TOKEN_EXPIRED: 'The token has expired. Make a new one in Snowflake.',
  NETWORK_POLICY:
    "A network policy of the account keeps this installation out. Ask the account's administrator to let its addresses in.",
  ROLE_NOT_GRANTED: 'The role is not granted to this user. Leave the role empty, or choose one that is.',
  USER_LOCKED:
    "Snowflake has locked this user for a while after failed sign-ins. Wait 15 minutes, or ask the account's administrator.",
  USER_DISABLED: "This user is disabled in Snowflake. Ask the account's administrator.",
  OAUTH_DENIED: 'The sign-in was refused at the provider. Start it again and allow it.',
  OAUTH_REDIRECT_MISMATCH:
    "The provider does not know this installation's redirect address. Set OAUTH_REDIRECT_URI of the security integration to the address that Settings shows.",
  OAUTH_CLIENT_WRONG: 'The provider does not accept the client id or secret. An owner must set them anew in Settings.',
  OAUTH_ROLE_BLOCKED:
    'The security integration does not let this role in: Snowflake blocks ACCOUNTADMIN and SECURITYADMIN under OAuth. Sign in with another role.',
  OAUTH_NO_REFRESH_TOKEN:
    'The provider gave no refresh token, and without one there is nothing to store. Set OAUTH_ISSUE_REFRESH_TOKENS = TRUE on the security integration, or allow offline_access at the identity provider; then start again.',
  OAUTH_OTHER_USER:
    'Another Snowflake user signed in at the provider than you are here. Sign out there, then start again as yourself.',
  ACCOUNT_UNKNOWN:
    'No address is known for this account. Check the account name: it looks like myorg-myaccount. Where every account fails, check the DNS of this installation.',
  NO_CONNECTION:
    'The account has an address, but no connection to it comes about. Check firewalls and proxies between this installation and port 443 of the account, and the account name.',
  NO_ANSWER:
    'The account takes connections, but Snowflake did not answer in time. Try again; where it stays, look at status.snowflake.com. A user with a second factor gives its passcode, or lets a push be sent and waits.',
  PROVIDER_NO_ANSWER: 'The sign-in provider does not answer in time. Try again; where it stays, ask who runs it.',
  OTHER: 'Snowflake refused the sign-in.',
};
