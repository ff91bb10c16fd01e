import { Controller } from '@nestjs/common';
import { authContract, type AuthHandlers } from '@snowflow/contracts/auth/auth.contract';
import { SessionId, type TenantSessionView } from '@snowflow/contracts/auth/session-list.dto';
import type { Page } from '@snowflow/contracts/dto/page.dto';
import type { Done } from '@snowflow/contracts/rpc/nothing';
import { Handle } from '@snowflow/transport/handle.decorator';
import { TenantSessionsService } from './tenant-sessions.service';

const { tenantSessions, revokeTenantSession } = authContract.operations;

@Controller()
export class TenantSessionsController implements Pick<AuthHandlers, 'tenantSessions' | 'revokeTenantSession'> {
  constructor(private readonly sessions: TenantSessionsService) {}

  @Handle(tenantSessions)
  async tenantSessions(): Promise<Page<TenantSessionView>> {
    return { items: await this.sessions.list(), nextCursor: null };
  }

  @Handle(revokeTenantSession)
  async revokeTenantSession({ sessionId }: SessionId): Promise<Done> {
    await this.sessions.revoke(sessionId);
    return { done: true };
  }
}
