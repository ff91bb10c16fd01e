import { Injectable } from '@nestjs/common';
import { ConnectionsClient, connectionsContract } from '@snowflow/contracts/connections/connections.contract';
import type { OpenedSession } from '@snowflow/contracts/connections/connections.dto';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { tenantIdOf, userIdOf } from '@snowflow/contracts/sessions/tenant-id';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import { currentContext, runInScope } from '@snowflow/transport/request-scope';
import type { CredentialSecret } from './credential-secret';

/** Whom a credential belongs to, and how it signs in. */
export interface StoredIdentity {
  tenantId: string;
  ownerId: string;
  account: string;
  username: string;
  kind: 'key-pair' | 'pat' | 'oauth';
}

/** An OAuth grant says its role itself. */
export interface StoredContext {
  role?: string;
  warehouse: string | null;
}

/** Snowflake sessions by stored credentials. */
@Injectable()
export class StoredSignIn {
  constructor(@InjectClient(connectionsContract) private readonly connections: ConnectionsClient) {}

  /** Signs in under the session's id. Refuses, and leaves nothing open, where Snowflake says it is anybody but the owner. */
  async open(
    identity: StoredIdentity,
    { secret, passphrase }: CredentialSecret,
    { role, warehouse }: StoredContext,
    sessionId: string,
  ): Promise<OpenedSession> {
    const { account, kind, username } = identity;
    const request = { sessionId, account, kind, username, secret, role, warehouse };
    const opened = await this.within(identity, sessionId, () =>
      this.connections.openStored(passphrase === undefined ? request : { ...request, passphrase }),
    );
    const tenantId = tenantIdOf(opened.account);
    if (tenantId === identity.tenantId && userIdOf(tenantId, opened.username) === identity.ownerId) return opened;
    await this.close(identity, sessionId);
    throw new AppError('FORBIDDEN', 'This secret signs in as another Snowflake user. Store only a secret of your own.');
  }

  /** Ends what was opened, or may have been; a session that can't be reached ends by itself. */
  async close(identity: Pick<StoredIdentity, 'tenantId' | 'ownerId'>, sessionId: string): Promise<void> {
    await this.within(identity, sessionId, () => this.connections.close({ statements: 'cancel' })).catch(
      () => undefined,
    );
  }

  private within<T>(
    { tenantId, ownerId }: Pick<StoredIdentity, 'tenantId' | 'ownerId'>,
    sessionId: string,
    work: () => Promise<T>,
  ): Promise<T> {
    const { correlationId } = currentContext();
    return runInScope({ context: { correlationId, tenantId, sessionId, userId: ownerId } }, work);
  }
}
