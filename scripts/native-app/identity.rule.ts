import type { AppRule } from './native-app';

/** Who has to know that the ingress says who people are. */
const INSIDE = ['gateway', 'auth', 'connection-manager'];
const SPEAKS = 'connection-manager';
const TOKEN_FILE = '/snowflake/session/token';

/** Workflows run as their callers: Snowflake sends their tokens, the consumer is told, and only who needs the service's own token has it. */
export const identityProblems: AppRule = ({ manifest, service }) => {
  const { containers } = service.spec;
  const isCaller = service.capabilities.securityContext.executeAsCaller;
  const faults: [boolean, string][] = [
    [!isCaller, "executeAsCaller is off: no request brings its caller's token"],
    [
      isCaller && !manifest.restricted_callers_rights.enabled,
      "restricted_callers_rights is off: no caller's right can be used",
    ],
  ];
  return [
    ...faults.filter(([isSo]) => isSo).map(([, fault]) => fault),
    ...containers
      .filter(({ name, env }) => INSIDE.includes(name) && env['NATIVE_APP'] !== 'on')
      .map(({ name }) => `${name} does not know that it runs inside Snowflake`),
    ...containers
      .filter(({ name, mountSessionToken }) => mountSessionToken !== (name === SPEAKS))
      .map(({ name }) => (name === SPEAKS ? `${name} gets no session token` : `${name} gets the session token`)),
    ...containers
      .filter(({ name, env }) => name === SPEAKS && (env['SPCS_TOKEN_FILE'] ?? TOKEN_FILE) !== TOKEN_FILE)
      .map(({ name }) => `${name} looks for its token where Snowflake does not put it`),
    ...containers
      .filter(({ env }) => env['DEMO'] !== undefined && env['DEMO'] !== 'off')
      .map(({ name }) => `${name} serves demo accounts, which are not there`),
  ];
};
