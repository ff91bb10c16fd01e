import { Controller } from '@nestjs/common';
import { authContract, AuthHandlers } from '@snowflow/contracts/auth/auth.contract';
import {
  ConnectReply,
  ContextRequest,
  DisconnectRequest,
  MeView,
  RefreshRequest,
  SessionView,
} from '@snowflow/contracts/auth/auth.dto';
import { EndedSessions, SessionId, SessionListItem } from '@snowflow/contracts/auth/session-list.dto';
import type { Page } from '@snowflow/contracts/dto/page.dto';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { Done } from '@snowflow/contracts/rpc/nothing';
import { Handle } from '@snowflow/transport/handle.decorator';
import { currentPerson } from '@snowflow/transport/request-scope';
import { RefreshService } from './refresh.service';
import { SessionsService } from './sessions.service';

const { refresh, disconnect, me, context, sessions, revokeSession, revokeSessions } = authContract.operations;

@Controller()
export class SessionsController implements Pick<
  AuthHandlers,
  'refresh' | 'disconnect' | 'me' | 'context' | 'sessions' | 'revokeSession' | 'revokeSessions'
> {
  constructor(
    private readonly refreshing: RefreshService,
    private readonly service: SessionsService,
  ) {}

  @Handle(refresh)
  refresh({ refreshToken }: RefreshRequest): Promise<Required<ConnectReply>> {
    if (!refreshToken) throw new AppError('UNAUTHENTICATED', 'Sign in first: there is no refresh token.');
    return this.refreshing.refresh(refreshToken);
  }

  @Handle(disconnect)
  async disconnect({ runs = 'finish' }: DisconnectRequest): Promise<Done> {
    await this.service.disconnect(currentPerson().sessionId, runs);
    return { done: true };
  }

  @Handle(me)
  me(): Promise<MeView> {
    return this.service.me(currentPerson().sessionId);
  }

  @Handle(context)
  context(wanted: ContextRequest): Promise<SessionView> {
    return this.service.changeContext(currentPerson().sessionId, wanted);
  }

  @Handle(sessions)
  async sessions(): Promise<Page<SessionListItem>> {
    return { items: await this.service.list(currentPerson()), nextCursor: null };
  }

  @Handle(revokeSession)
  async revokeSession({ sessionId }: SessionId): Promise<Done> {
    await this.service.revoke(sessionId, currentPerson());
    return { done: true };
  }

  @Handle(revokeSessions)
  revokeSessions(): Promise<EndedSessions> {
    return this.service.revokeAll(currentPerson());
  }
}
