import { Controller } from '@nestjs/common';
import { authContract, AuthHandlers } from '@snowflow/contracts/auth/auth.contract';
import { SessionView } from '@snowflow/contracts/auth/auth.dto';
import { OwnershipChallenge } from '@snowflow/contracts/auth/tenant.dto';
import { Handle } from '@snowflow/transport/handle.decorator';
import { OwnershipService } from './ownership.service';

const { ownershipChallenge, proveOwnership } = authContract.operations;

@Controller()
export class OwnershipController implements Pick<AuthHandlers, 'ownershipChallenge' | 'proveOwnership'> {
  constructor(private readonly service: OwnershipService) {}

  @Handle(ownershipChallenge)
  ownershipChallenge(): Promise<OwnershipChallenge> {
    return this.service.challenge();
  }

  @Handle(proveOwnership)
  proveOwnership(): Promise<SessionView> {
    return this.service.prove();
  }
}
