import { Controller } from '@nestjs/common';
import type { Page, PageQuery } from '@snowflow/contracts/dto/page.dto';
import type { Done } from '@snowflow/contracts/rpc/nothing';
import type {
  HeldTags,
  NewOutsideCredential,
  OutsideCallView,
  OutsideCredentialId,
  OutsideCredentialsView,
  OutsideCredentialView,
  OutsideHosts,
} from '@snowflow/contracts/workflow/outside.dto';
import { workflowContract, type WorkflowHandlers } from '@snowflow/contracts/workflow/workflow.contract';
import { Handle } from '@snowflow/transport/handle.decorator';
import { HeldTagsService } from './held-tags.service';
import { OutsideService } from './outside.service';

const { operations } = workflowContract;

type Handlers = Pick<
  WorkflowHandlers,
  | 'outsideHosts'
  | 'saveOutsideHosts'
  | 'heldTags'
  | 'saveHeldTags'
  | 'outsideCredentials'
  | 'addOutsideCredential'
  | 'removeOutsideCredential'
  | 'outsideCalls'
>;

@Controller()
export class OutsideController implements Handlers {
  constructor(
    private readonly outside: OutsideService,
    private readonly tags: HeldTagsService,
  ) {}

  @Handle(operations.outsideHosts)
  outsideHosts(): Promise<OutsideHosts> {
    return this.outside.listHosts();
  }

  @Handle(operations.saveOutsideHosts)
  saveOutsideHosts(hosts: OutsideHosts): Promise<OutsideHosts> {
    return this.outside.saveHosts(hosts);
  }

  @Handle(operations.heldTags)
  heldTags(): Promise<HeldTags> {
    return this.tags.list();
  }

  @Handle(operations.saveHeldTags)
  saveHeldTags(tags: HeldTags): Promise<HeldTags> {
    return this.tags.save(tags);
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
