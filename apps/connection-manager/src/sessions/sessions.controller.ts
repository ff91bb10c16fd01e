import { Controller } from '@nestjs/common';
import { connectionsContract, type ConnectionsHandlers } from '@snowflow/contracts/connections/connections.contract';
import {
  CheckContextRequest,
  CheckLiveRequest,
  CloseRequest,
  HoldRequest,
  ReleaseRequest,
  type Grants,
} from '@snowflow/contracts/connections/connections.dto';
import type { Done } from '@snowflow/contracts/rpc/nothing';
import type { PinnedContext } from '@snowflow/contracts/sessions/session-record';
import { Handle } from '@snowflow/transport/handle.decorator';
import { currentPerson } from '@snowflow/transport/request-scope';
import { LiveCheck } from './live-check';
import { SessionClosingService } from './session-closing.service';
import { SessionsService } from './sessions.service';

const { operations } = connectionsContract;

@Controller()
export class SessionsController implements Pick<
  ConnectionsHandlers,
  'close' | 'hold' | 'release' | 'checkContext' | 'checkLive' | 'grants'
> {
  constructor(
    private readonly sessions: SessionsService,
    private readonly closing: SessionClosingService,
    private readonly live: LiveCheck,
  ) {}

  @Handle(operations.close)
  async close(request: CloseRequest): Promise<Done> {
    await this.closing.close(currentPerson(), request);
    return { done: true };
  }

  @Handle(operations.hold)
  async hold(request: HoldRequest): Promise<Done> {
    await this.closing.hold(currentPerson(), request);
    return { done: true };
  }

  @Handle(operations.release)
  async release(request: ReleaseRequest): Promise<Done> {
    await this.closing.release(currentPerson(), request);
    return { done: true };
  }

  @Handle(operations.checkContext)
  checkContext({ context }: CheckContextRequest): Promise<PinnedContext> {
    return this.sessions.checkContext(currentPerson(), context);
  }

  @Handle(operations.checkLive)
  async checkLive({ context, fresh }: CheckLiveRequest): Promise<{ roles: string[] }> {
    const person = currentPerson();
    return { roles: await this.live.require(person, context.role, fresh ? '' : await this.live.heard(person)) };
  }

  @Handle(operations.grants)
  grants({ context }: CheckContextRequest): Promise<Grants> {
    return this.sessions.grants(currentPerson(), context);
  }
}
