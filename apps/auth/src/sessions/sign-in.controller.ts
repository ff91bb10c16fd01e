import { Controller } from '@nestjs/common';
import { authContract, AuthHandlers } from '@snowflow/contracts/auth/auth.contract';
import { AbandonRequest, ConnectReply, SignInRequest } from '@snowflow/contracts/auth/auth.dto';
import { AccountQuery, SignInOptions } from '@snowflow/contracts/auth/oauth.dto';
import { ConnectionTest } from '@snowflow/contracts/connections/connections.dto';
import { Done } from '@snowflow/contracts/rpc/nothing';
import { Handle } from '@snowflow/transport/handle.decorator';
import { SignInService } from './sign-in.service';

const { connect, abandon, signInOptions, testConnection, testOwnConnection } = authContract.operations;

@Controller()
export class SignInController implements Pick<
  AuthHandlers,
  'connect' | 'abandon' | 'signInOptions' | 'testConnection' | 'testOwnConnection'
> {
  constructor(private readonly signIn: SignInService) {}

  @Handle(connect)
  connect(input: SignInRequest): Promise<Required<ConnectReply>> {
    return this.signIn.connect(input);
  }

  @Handle(abandon)
  async abandon({ attemptId }: AbandonRequest): Promise<Done> {
    await this.signIn.abandon(attemptId);
    return { done: true };
  }

  @Handle(signInOptions)
  signInOptions({ account }: AccountQuery): Promise<SignInOptions> {
    return this.signIn.options(account);
  }

  @Handle(testConnection)
  testConnection({ account }: AccountQuery): Promise<ConnectionTest> {
    return this.signIn.testConnection(account);
  }

  @Handle(testOwnConnection)
  testOwnConnection(): Promise<ConnectionTest> {
    return this.signIn.testOwnConnection();
  }
}
