import type { AccountDirectory } from '../accounts/account-directory';
import type { SignIn } from '../sign-in/sign-in';
import { blockedByOauth, wrongPassword } from '../sign-in/login-refusals';
import { loginRole, type SessionRegistry } from '../sessions/session-registry';
import { recordOf, textOf, type Exchange } from './exchange';
import { sessionParameters, success } from './replies';

/** POST /session/v1/login-request */
export async function login(
  exchange: Exchange,
  accounts: AccountDirectory,
  sessions: SessionRegistry,
  signIn: SignIn,
): Promise<string> {
  const data = recordOf(exchange.body.data);
  const authenticator = (textOf(data.AUTHENTICATOR) ?? 'SNOWFLAKE').toUpperCase();
  const account = await accounts.find(textOf(data.ACCOUNT_NAME) ?? '');
  if (!account) throw wrongPassword();
  const { person, boundToRole } = await signIn.check(account, authenticator, {
    loginName: textOf(data.LOGIN_NAME),
    password: textOf(data.PASSWORD),
    passcode: textOf(data.PASSCODE) || undefined,
    token: textOf(data.TOKEN),
  });
  const asked = (name: string) => exchange.url.searchParams.get(name)?.toUpperCase() || undefined;
  const wantedRole = asked('roleName');
  if (boundToRole && wantedRole && wantedRole !== boundToRole) throw blockedByOauth(wantedRole);
  const context = account.startingContext({
    role: loginRole(person, boundToRole ?? wantedRole),
    secondaryRoles: 'NONE',
    warehouse: asked('warehouse'),
    database: asked('databaseName'),
    schema: asked('schemaName'),
  });
  const { session, token, master } = sessions.open(account, person, context);
  session.boundToRole = boundToRole;
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
