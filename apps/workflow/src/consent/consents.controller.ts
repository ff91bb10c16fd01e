import { Controller } from '@nestjs/common';
import type { Done } from '@snowflow/contracts/rpc/nothing';
import { ConsentRequest } from '@snowflow/contracts/workflow/consent.dto';
import { workflowContract, type WorkflowHandlers } from '@snowflow/contracts/workflow/workflow.contract';
import { Handle } from '@snowflow/transport/handle.decorator';
import { ConsentsService } from './consents.service';

@Controller()
export class ConsentsController implements Pick<WorkflowHandlers, 'consent'> {
  constructor(private readonly consents: ConsentsService) {}

  @Handle(workflowContract.operations.consent)
  consent(request: ConsentRequest): Promise<Done> {
    return this.consents.consent(request);
  }
}
