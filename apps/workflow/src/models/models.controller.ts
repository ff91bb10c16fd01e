import { Controller } from '@nestjs/common';
import type { ModelsView } from '@snowflow/contracts/workflow/models.dto';
import { workflowContract, type WorkflowHandlers } from '@snowflow/contracts/workflow/workflow.contract';
import { Handle } from '@snowflow/transport/handle.decorator';
import { ModelsService } from './models.service';

@Controller()
export class ModelsController implements Pick<WorkflowHandlers, 'models'> {
  constructor(private readonly service: ModelsService) {}

  @Handle(workflowContract.operations.models)
  models(): Promise<ModelsView> {
    return this.service.list();
  }
}
