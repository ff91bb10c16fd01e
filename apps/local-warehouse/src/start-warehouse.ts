import { Account } from './accounts/account';
import { AccountDirectory } from './accounts/account-directory';
import { accountSettings } from './accounts/people';
import { ProtocolServer } from './http/protocol-server';
import { SessionRegistry, type TokenLifetimes } from './sessions/session-registry';

export interface WarehouseOptions {
  port: number;
  dataDir: string;
  memoryMb: number;
  lifetimes: TokenLifetimes;
}

export interface RunningWarehouse {
  port: number;
  origin: string;
  stop(): Promise<void>;
}

/** Opens both accounts and serves them. */
export async function startWarehouse(options: WarehouseOptions): Promise<RunningWarehouse> {
  const accounts: Account[] = [];
  for (const settings of accountSettings) {
    accounts.push(await Account.open(settings, options.dataDir, Math.ceil(options.memoryMb / accountSettings.length)));
  }
  const directory = new AccountDirectory(accounts);
  const sessions = new SessionRegistry(options.lifetimes, (session) => session.account.forgetSession(session));
  const server = new ProtocolServer(directory, sessions);
  const port = await server.listen(options.port);
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
