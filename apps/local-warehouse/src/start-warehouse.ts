import { Account } from './accounts/account';
import { AccountDirectory } from './accounts/account-directory';
import { accountSettings } from './accounts/people';
import { OauthProxy } from './http/oauth-proxy';
import { ContainerLogin } from './sign-in/container-login';
import { OauthLogin } from './sign-in/oauth-login';
import { PushedRequests } from './sign-in/pushed-requests';
import { SignIn } from './sign-in/sign-in';
import { ProtocolServer } from './http/protocol-server';
import { SessionRegistry, type TokenLifetimes } from './sessions/session-registry';

export interface WarehouseOptions {
  port: number;
  /** The address it listens on; the loopback interface where it says nothing. */
  host?: string;
  dataDir: string;
  memoryMb: number;
  lifetimes: TokenLifetimes;
  /** Accounts T001, T002, … beside demo and demo2. */
  extraAccounts?: number;
  /** Tables and views of an estate that account demo has besides, for trials at scale. */
  madeUpTables?: number;
  /** Origin of a server that plays Snowflake's OAuth. */
  oauthUrl?: string;
  /** Origins of further servers whose access tokens are taken. */
  oauthIssuers?: readonly string[];
  /** The file with the token of the service that runs inside; empty: none does. */
  serviceTokenFile?: string;
  pushTimeoutSeconds?: number;
}

export interface RunningWarehouse {
  port: number;
  origin: string;
  stop(): Promise<void>;
}

/** Opens the demo accounts and serves them, and the others when they are asked for. */
export async function startWarehouse(options: WarehouseOptions): Promise<RunningWarehouse> {
  const settings = accountSettings(options.extraAccounts ?? 0);
  const mainAccounts = settings.filter(({ isLight }) => !isLight).length;
  const directory = new AccountDirectory(settings, async (chosen) => {
    const madeUp = chosen.name === 'DEMO' ? options.madeUpTables : 0;
    const account = await Account.open(chosen, options.dataDir, Math.ceil(options.memoryMb / mainAccounts), madeUp);
    account.endSessionsOf = (userName) => sessions.endAllOf(account, userName);
    return account;
  });
  const sessions = new SessionRegistry(options.lifetimes, (session) => session.account.forgetSession(session));
  await directory.openMain();
  const oauthUrl = options.oauthUrl ?? '';
  const pushed = new PushedRequests((options.pushTimeoutSeconds ?? 60) * 1000);
  const oauth = new OauthLogin([...(oauthUrl ? [oauthUrl] : []), ...(options.oauthIssuers ?? [])]);
  const signIn = new SignIn(pushed, oauth, new ContainerLogin(options.serviceTokenFile ?? ''));
  const server = new ProtocolServer(directory, sessions, signIn, pushed, new OauthProxy(oauthUrl));
  const port = await server.listen(options.port, options.host ?? '127.0.0.1');
  return {
    port,
    origin: `http://127.0.0.1:${port}`,
    stop: async () => {
      sessions.stop();
      await server.close();
      directory.close();
    },
  };
}
