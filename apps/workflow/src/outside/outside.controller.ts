import { Controller } from '@nestjs/common';
import type { Page, PageQuery } from '@snowflow/contracts/dto/page.dto';
import type { Done } from '@snowflow/contracts/rpc/nothing';
import type {
  NewOutsideCredential,
  OutsideCallView,
  OutsideCredentialId,
  OutsideCredentialsView,
  OutsideCredentialView,
  OutsideHosts,
} from '@snowflow/contracts/workflow/outside.dto';
import { workflowContract, type WorkflowHandlers } from '@snowflow/contracts/workflow/workflow.contract';
import { Handle } from '@snowflow/transport/handle.decorator';
import { OutsideService } from './outside.service';

const { operations } = workflowContract;

type Handlers = Pick<
  WorkflowHandlers,
  | 'outsideHosts'
  | 'saveOutsideHosts'
  | 'outsideCredentials'
  | 'addOutsideCredential'
  | 'removeOutsideCredential'
  | 'outsideCalls'
>;

@Controller()
export class OutsideController implements Handlers {
  constructor(private readonly outside: OutsideService) {}

  @Handle(operations.outsideHosts)
  outsideHosts(): Promise<OutsideHosts> {
    return this.outside.listHosts();
  }

  @Handle(operations.saveOutsideHosts)
  saveOutsideHosts(hosts: OutsideHosts): Promise<OutsideHosts> {
    return this.outside.saveHosts(hosts);
  }

  @Handle(operations.outsideCredentials)
  outsideCredentials(): Promise<OutsideCredentialsView> {
    return this.outside.listCredentials();
  }

  @Handle(operations.addOutsideCredential)
  addOutsideCredential(given: NewOutsideCredential): Promise<OutsideCredentialView> {
    return this.outside.addCredential(given);
  }

  @Handle(operations.removeOutsideCredential)
  removeOutsideCredential(which: OutsideCredentialId): Promise<Done> {
    return this.outside.removeCredential(which);
  }

  @Handle(operations.outsideCalls)
  outsideCalls(query: PageQuery): Promise<Page<OutsideCallView>> {
    return this.outside.calls(query);
  }
}
