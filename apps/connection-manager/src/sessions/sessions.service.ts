import { Injectable } from '@nestjs/common';
import type { Grants, OpenedSession, OpenRequest } from '@snowflow/contracts/connections/connections.dto';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { PinnedContext } from '@snowflow/contracts/sessions/session-record';
import { tenantIdOf } from '@snowflow/contracts/sessions/tenant-id';
import { AccountDirectory } from '../accounts/account-directory';
import type { Endpoint } from '../accounts/endpoint';
import { requireReachable } from '../accounts/reachability';
import { Credentials, DriverConnection, SnowflakeDriver } from '../driver/snowflake-driver';
import { toLoginError } from '../errors/login-error';
import { toAppError } from '../errors/to-app-error';
import { ContextCoordinator } from './context-coordinator';
import { credentialsOf } from './credentials';
import { ContextRunner } from './context-runner';
import { SealedSessionRepository, type SessionRef } from './sealed-session.repository';
import { SessionProtocol } from './session-protocol';
import { setUpSession } from './session-setup';
import { tokensOf } from './session-tokens';

const LOGIN_MS = 10_000;

/** Opens Snowflake sessions, and says what they may use. */
@Injectable()
export class SessionsService {
  constructor(
    private readonly accounts: AccountDirectory,
    private readonly driver: SnowflakeDriver,
    private readonly repository: SealedSessionRepository,
    private readonly contexts: ContextCoordinator,
    private readonly runner: ContextRunner,
    private readonly protocol: SessionProtocol,
  ) {}

  async open(request: OpenRequest): Promise<OpenedSession> {
    const credentials = credentialsOf(request);
    const endpoint = this.accounts.endpointOf(request.account);
    await requireReachable(endpoint);
    const signal = AbortSignal.timeout(LOGIN_MS);
    const connection = await this.login(endpoint, credentials, signal);
    try {
      const facts = await setUpSession(connection, signal);
      const ref = { tenantId: tenantIdOf(facts.account), sessionId: request.sessionId };
      // Taken last: had the driver renewed its tokens meanwhile, these are the renewed ones.
      const tokens = tokensOf(connection.serialize());
      const stored = { account: endpoint.account, driver: this.driver.version, tokens };
      if ((await this.repository.replace(ref, stored, 0)) === undefined) {
        throw new AppError('INTERNAL', 'This session id is in use already.');
      }
      await this.contexts.start(ref, facts.context);
      return { account: facts.account, username: facts.username, context: facts.context };
    } catch (error) {
      // Nobody will ever use it.
      await this.protocol.end(endpoint, tokensOf(connection.serialize())).catch(() => undefined);
      throw toAppError(error);
    } finally {
      connection.dispose();
    }
  }

  /** Takes the context; what Snowflake then reports is the proof. */
  async checkContext(ref: SessionRef, context: PinnedContext): Promise<PinnedContext> {
    const sql = 'SELECT CURRENT_ROLE(), CURRENT_WAREHOUSE(), CURRENT_DATABASE(), CURRENT_SCHEMA()';
    const [row = []] = await this.runner.rows(ref, context, { sql }, 1);
    const [role = null, warehouse = null, database = null, schema = null] = row;
    return { role, secondaryRoles: context.secondaryRoles, warehouse, database, schema };
  }

  async grants(ref: SessionRef, context: PinnedContext): Promise<Grants> {
    const [[roles] = []] = await this.runner.rows(ref, context, { sql: 'SELECT CURRENT_AVAILABLE_ROLES()' }, 1);
    const warehouses = await this.runner.rows(ref, context, { sql: 'SHOW WAREHOUSES' }, 10_000);
    return {
      roles: (JSON.parse(roles ?? '[]') as string[]).sort(),
      warehouses: warehouses.map(([name]) => name ?? '').sort(),
    };
  }

  private async login(endpoint: Endpoint, credentials: Credentials, signal: AbortSignal): Promise<DriverConnection> {
    try {
      return await this.driver.login(endpoint, credentials, signal);
    } catch (error) {
      throw toLoginError(error, endpoint.account, credentials);
    }
  }
}
