import { Controller } from '@nestjs/common';
import { connectionsContract, type ConnectionsHandlers } from '@snowflow/contracts/connections/connections.contract';
import {
  CheckContextRequest,
  CloseRequest,
  type Grants,
  type OpenedSession,
  OpenRequest,
} from '@snowflow/contracts/connections/connections.dto';
import type { Done } from '@snowflow/contracts/rpc/nothing';
import type { PinnedContext } from '@snowflow/contracts/sessions/session-record';
import { Handle } from '@snowflow/transport/handle.decorator';
import { currentPerson } from '@snowflow/transport/request-scope';
import { SessionsService } from './sessions.service';

const { operations } = connectionsContract;

@Controller()
export class SessionsController implements Pick<ConnectionsHandlers, 'open' | 'close' | 'checkContext' | 'grants'> {
  constructor(private readonly sessions: SessionsService) {}

  @Handle(operations.open)
  open(request: OpenRequest): Promise<OpenedSession> {
    return this.sessions.open(request);
  }

  @Handle(operations.close)
  async close(request: CloseRequest): Promise<Done> {
    await this.sessions.close(currentPerson(), request);
    return { done: true };
  }

  @Handle(operations.checkContext)
  checkContext({ context }: CheckContextRequest): Promise<PinnedContext> {
    return this.sessions.checkContext(currentPerson(), context);
  }

  @Handle(operations.grants)
  grants({ context }: CheckContextRequest): Promise<Grants> {
    return this.sessions.grants(currentPerson(), context);
  }
}
