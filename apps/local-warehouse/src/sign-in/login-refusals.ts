import { WarehouseError } from '../statements/warehouse-error';

const refusal = (code: string, message: string) => new WarehouseError(code, '08001', message);

/** Snowflake's codes and words for those who are not let in. An unknown user is refused as a wrong password is. */
export const wrongPassword = () => refusal('390100', 'Incorrect username or password was specified.');
export const userDisabled = () => refusal('390101', 'User access disabled. Contact your local system administrator.');
export const userLocked = () =>
  refusal(
    '390102',
    'Your user account has been temporarily locked due to too many failed attempts. Try again after 15 minutes.',
  );
export const mfaDenied = () => refusal('390127', 'The MFA authentication request was denied.');
export const mfaTimedOut = () => refusal('390131', 'The MFA authentication request was not approved in time.');
export const wrongPasscode = () => refusal('390132', 'The MFA passcode is invalid.');
export const wrongKey = (reason: string) => refusal('390144', `JWT token is invalid. [${reason}]`);
export const wrongToken = () => refusal('394400', 'Programmatic access token is invalid.');
export const expiredToken = () => refusal('394401', 'Programmatic access token is expired.');
export const wrongOauthToken = () => refusal('390303', 'Invalid OAuth access token.');
export const blockedByOauth = (role: string) =>
  refusal('390317', `Role '${role}' is not allowed by the OAuth integration for this client.`);
export const walled = () =>
  refusal(
    '390422',
    'Incoming request with IP/Token 127.0.0.1 is not allowed to access Snowflake. Contact your account administrator.',
  );
export const notSupported = (authenticator: string) =>
  refusal('390197', `The local warehouse does not sign in by ${authenticator}.`);
