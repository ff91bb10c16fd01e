import { Controller } from '@nestjs/common';
import { authContract, AuthHandlers } from '@snowflow/contracts/auth/auth.contract';
import { ConnectReply, SignInRequest } from '@snowflow/contracts/auth/auth.dto';
import { Handle } from '@snowflow/transport/handle.decorator';
import { SignInService } from './sign-in.service';

const { connect } = authContract.operations;

@Controller()
export class SignInController implements Pick<AuthHandlers, 'connect'> {
  constructor(private readonly signIn: SignInService) {}

  @Handle(connect)
  connect(input: SignInRequest): Promise<Required<ConnectReply>> {
    return this.signIn.connect(input);
  }
}
