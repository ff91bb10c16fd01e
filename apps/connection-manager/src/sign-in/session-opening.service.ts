import { Injectable } from '@nestjs/common';
import type { OpenedSession, OpenRequest, OpenStoredRequest } from '@snowflow/contracts/connections/connections.dto';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { tenantIdOf } from '@snowflow/contracts/sessions/tenant-id';
import { unreachable } from '../accounts/reachability';
import { SnowflakeDriver } from '../driver/snowflake-driver';
import { toAppError } from '../errors/to-app-error';
import { ContextCoordinator } from '../sessions/context-coordinator';
import { SealedSessionRepository } from '../sessions/sealed-session.repository';
import { SessionProtocol } from '../sessions/session-protocol';
import { setUpSession } from '../sessions/session-setup';
import { tokensOf } from '../sessions/session-tokens';
import { LoggedIn, SnowflakeLogin } from './snowflake-login';

/** From a sign-in to a session that every replica can take up. */
@Injectable()
export class SessionOpeningService {
  constructor(
    private readonly logins: SnowflakeLogin,
    private readonly driver: SnowflakeDriver,
    private readonly repository: SealedSessionRepository,
    private readonly contexts: ContextCoordinator,
    private readonly protocol: SessionProtocol,
  ) {}

  async open({ sessionId, signInEndsAt, ...request }: OpenRequest): Promise<OpenedSession> {
    const endsAtMs = signInEndsAt === undefined ? undefined : Date.parse(signInEndsAt);
    return this.begin(sessionId, await this.logins.login(request), endsAtMs);
  }

  /** A stored credential signs in: what is wrong with it is told as at any sign-in. */
  async openStored({ sessionId, kind, secret, passphrase, ...place }: OpenStoredRequest): Promise<OpenedSession> {
    const { account, username, role, warehouse } = place;
    const common = { account, username, role, warehouse: warehouse ?? undefined };
    switch (kind) {
      case 'key-pair': {
        const key = { privateKey: secret, privateKeyPassphrase: passphrase };
        return this.open({ sessionId, authenticator: 'key-pair', ...key, ...common });
      }
      case 'pat':
        return this.open({ sessionId, authenticator: 'pat', token: secret, ...common });
      case 'oauth':
        // Nothing to renew it with: its refresh token stays in the store of secrets, which alone may have it replaced.
        return this.open({ sessionId, authenticator: 'oauth-token', token: secret, ...common, username: undefined });
    }
  }

  private async begin(sessionId: string, login: LoggedIn, signInEndsAtMs?: number): Promise<OpenedSession> {
    const { endpoint, connection, signal, renewal } = login;
    try {
      const facts = await setUpSession(connection, signal);
      const ref = { tenantId: tenantIdOf(facts.account), sessionId };
      // Taken last: had the driver renewed its tokens meanwhile, these are the renewed ones.
      const tokens = tokensOf(connection.serialize());
      const stored = { account: endpoint.account, driver: this.driver.version, tokens, renewal, signInEndsAtMs };
      if ((await this.repository.replace(ref, stored, 0)) === undefined) {
        throw new AppError('INTERNAL', 'This session id is in use already.');
      }
      await this.contexts.start(ref, facts.context);
      return facts;
    } catch (error) {
      // Nobody will ever use it. Who has waited long enough does not wait for its end.
      const ending = this.protocol.end(endpoint, tokensOf(connection.serialize())).catch(() => undefined);
      if (signal.aborted) throw unreachable(endpoint.account, 'NO_ANSWER', error);
      await ending;
      throw toAppError(error);
    } finally {
      connection.dispose();
    }
  }
}
