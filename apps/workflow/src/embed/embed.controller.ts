import { Controller } from '@nestjs/common';
import type { EmbedTokenView } from '@snowflow/contracts/auth/embed.dto';
import { EmbeddedRequest, type EmbeddedWorkflow, EmbedTokenRequest } from '@snowflow/contracts/workflow/embed.dto';
import { workflowContract, type WorkflowHandlers } from '@snowflow/contracts/workflow/workflow.contract';
import { Handle } from '@snowflow/transport/handle.decorator';
import { EmbedService } from './embed.service';

const { embedToken, embedded } = workflowContract.operations;

@Controller()
export class EmbedController implements Pick<WorkflowHandlers, 'embedToken' | 'embedded'> {
  constructor(private readonly service: EmbedService) {}

  @Handle(embedToken)
  embedToken(request: EmbedTokenRequest): Promise<EmbedTokenView> {
    return this.service.token(request);
  }

  @Handle(embedded)
  embedded({ of }: EmbeddedRequest): Promise<EmbeddedWorkflow> {
    return this.service.show(of);
  }
}
