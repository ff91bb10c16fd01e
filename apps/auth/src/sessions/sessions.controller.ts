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
import { AppError } from '@snowflow/contracts/errors/app-error';
import { Done } from '@snowflow/contracts/rpc/nothing';
import { Handle } from '@snowflow/transport/handle.decorator';
import { currentPerson } from '@snowflow/transport/request-scope';
import { SessionsService } from './sessions.service';

const { refresh, disconnect, me, context } = authContract.operations;

@Controller()
export class SessionsController implements Pick<AuthHandlers, 'refresh' | 'disconnect' | 'me' | 'context'> {
  constructor(private readonly sessions: SessionsService) {}

  @Handle(refresh)
  refresh({ refreshToken }: RefreshRequest): Promise<Required<ConnectReply>> {
    if (!refreshToken) throw new AppError('UNAUTHENTICATED', 'Sign in first: there is no refresh token.');
    return this.sessions.refresh(refreshToken);
  }

  @Handle(disconnect)
  async disconnect({ runs = 'finish' }: DisconnectRequest): Promise<Done> {
    await this.sessions.disconnect(currentPerson().sessionId, runs);
    return { done: true };
  }

  @Handle(me)
  me(): Promise<MeView> {
    return this.sessions.me(currentPerson().sessionId);
  }

  @Handle(context)
  context(wanted: ContextRequest): Promise<SessionView> {
    return this.sessions.changeContext(currentPerson().sessionId, wanted);
  }
}
