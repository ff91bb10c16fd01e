import { Controller } from '@nestjs/common';
import { authContract, AuthHandlers } from '@snowflow/contracts/auth/auth.contract';
import { PoliciesView, SavePoliciesRequest } from '@snowflow/contracts/auth/policies.dto';
import { Handle } from '@snowflow/transport/handle.decorator';
import { PoliciesService } from './policies.service';

const { policies, policiesInForce, savePolicies } = authContract.operations;

@Controller()
export class PoliciesController implements Pick<AuthHandlers, 'policies' | 'policiesInForce' | 'savePolicies'> {
  constructor(private readonly service: PoliciesService) {}

  @Handle(policies)
  policies(): Promise<PoliciesView> {
    return this.service.find();
  }

  @Handle(policiesInForce)
  policiesInForce(): Promise<PoliciesView> {
    return this.service.inForce();
  }

  @Handle(savePolicies)
  savePolicies(wanted: SavePoliciesRequest): Promise<PoliciesView> {
    return this.service.save(wanted);
  }
}
