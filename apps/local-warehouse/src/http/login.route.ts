import type { AccountDirectory } from '../accounts/account-directory';
import { loginRole, type SessionRegistry } from '../sessions/session-registry';
import { WarehouseError } from '../statements/warehouse-error';
import { recordOf, textOf, type Exchange } from './exchange';
import { sessionParameters, success } from './replies';

const refusedLogin = () => new WarehouseError('390100', '08001', 'Incorrect username or password was specified.');

/** POST /session/v1/login-request */
export function login(exchange: Exchange, accounts: AccountDirectory, sessions: SessionRegistry): string {
  const data = recordOf(exchange.body.data);
  const authenticator = (textOf(data.AUTHENTICATOR) ?? 'SNOWFLAKE').toUpperCase();
  if (authenticator !== 'SNOWFLAKE') {
    throw new WarehouseError(
      '390197',
      '08001',
      `The local warehouse signs in by password; ${authenticator} is not supported.`,
    );
  }
  const account = accounts.find(textOf(data.ACCOUNT_NAME) ?? '');
  const person = account?.person(textOf(data.LOGIN_NAME) ?? '');
  if (!account || !person || person.password !== data.PASSWORD) throw refusedLogin();
  const asked = (name: string) => exchange.url.searchParams.get(name)?.toUpperCase() || undefined;
  const context = account.startingContext({
    role: loginRole(person, asked('roleName')),
    secondaryRoles: 'NONE',
    warehouse: asked('warehouse'),
    database: asked('databaseName'),
    schema: asked('schemaName'),
  });
  const { session, token, master } = sessions.open(account, person, context);
  for (const [name, value] of Object.entries(recordOf(data.SESSION_PARAMETERS))) {
    session.parameters.setFromClient(name, value);
  }
  return success({
    masterToken: master.text,
    token: token.text,
    validityInSeconds: sessions.lifetimes.sessionSeconds,
    masterValidityInSeconds: sessions.lifetimes.masterSeconds,
    displayUserName: person.name,
    serverVersion: account.version,
    firstLogin: false,
    remMeToken: null,
    remMeValidityInSeconds: 0,
    healthCheckInterval: 45,
    sessionId: session.id,
    parameters: sessionParameters(session),
    sessionInfo: {
      databaseName: context.database ?? null,
      schemaName: context.schema ?? null,
      warehouseName: context.warehouse ?? null,
      roleName: context.role,
    },
    idToken: null,
    idTokenValidityInSeconds: 0,
    responseData: null,
    mfaToken: null,
    mfaTokenValidityInSeconds: 0,
  });
}
