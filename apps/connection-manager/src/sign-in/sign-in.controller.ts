import { Controller } from '@nestjs/common';
import { connectionsContract, type ConnectionsHandlers } from '@snowflow/contracts/connections/connections.contract';
import {
  type AccountPlace,
  AccountRequest,
  ConnectionTest,
  type OpenedSession,
  OpenRequest,
  OpenStoredRequest,
  TestConnectionRequest,
} from '@snowflow/contracts/connections/connections.dto';
import { Handle } from '@snowflow/transport/handle.decorator';
import { currentPerson } from '@snowflow/transport/request-scope';
import { AccountDirectory } from '../accounts/account-directory';
import { ConnectionTestService } from '../connection-test/connection-test.service';
import { SessionOpeningService } from './session-opening.service';

const { operations } = connectionsContract;

@Controller()
export class SignInController implements Pick<ConnectionsHandlers, 'open' | 'openStored' | 'locate' | 'test'> {
  constructor(
    private readonly opening: SessionOpeningService,
    private readonly accounts: AccountDirectory,
    private readonly connectionTest: ConnectionTestService,
  ) {}

  @Handle(operations.open)
  open(request: OpenRequest): Promise<OpenedSession> {
    return this.opening.open(request);
  }

  @Handle(operations.openStored)
  openStored(request: OpenStoredRequest): Promise<OpenedSession> {
    return this.opening.openStored(request);
  }

  @Handle(operations.locate)
  async locate({ account }: AccountRequest): Promise<AccountPlace> {
    const endpoint = this.accounts.endpointOf(account);
    return { ...endpoint, isDemo: this.accounts.isDemo(endpoint) };
  }

  @Handle(operations.test)
  test({ account, context }: TestConnectionRequest): Promise<ConnectionTest> {
    const asking = context && { ref: currentPerson(), context };
    return this.connectionTest.run(this.accounts.endpointOf(account), asking);
  }
}
