import { Controller } from '@nestjs/common';
import { type DraftReply, DraftRequest } from '@snowflow/contracts/workflow/draft.dto';
import { workflowContract, type WorkflowHandlers } from '@snowflow/contracts/workflow/workflow.contract';
import { Handle } from '@snowflow/transport/handle.decorator';
import { DraftsService } from './drafts.service';

@Controller()
export class DraftsController implements Pick<WorkflowHandlers, 'draft'> {
  constructor(private readonly service: DraftsService) {}

  @Handle(workflowContract.operations.draft)
  draft(request: DraftRequest): Promise<DraftReply> {
    return this.service.draft(request);
  }
}
