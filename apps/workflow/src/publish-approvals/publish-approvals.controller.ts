import { Controller } from '@nestjs/common';
import { type Page, PageQuery } from '@snowflow/contracts/dto/page.dto';
import { AskToPublish, DecidePublish, type PublishRequestView } from '@snowflow/contracts/workflow/publish-request.dto';
import { workflowContract, type WorkflowHandlers } from '@snowflow/contracts/workflow/workflow.contract';
import { Handle } from '@snowflow/transport/handle.decorator';
import { PublishRequestsService } from './publish-requests.service';

const { askToPublish, publishRequests, decidePublish } = workflowContract.operations;

@Controller()
export class PublishApprovalsController implements Pick<
  WorkflowHandlers,
  'askToPublish' | 'publishRequests' | 'decidePublish'
> {
  constructor(private readonly requests: PublishRequestsService) {}

  @Handle(askToPublish)
  askToPublish(request: AskToPublish): Promise<PublishRequestView> {
    return this.requests.ask(request);
  }

  @Handle(publishRequests)
  publishRequests(query: PageQuery): Promise<Page<PublishRequestView>> {
    return this.requests.list(query);
  }

  @Handle(decidePublish)
  decidePublish(request: DecidePublish): Promise<PublishRequestView> {
    return this.requests.decide(request);
  }
}
