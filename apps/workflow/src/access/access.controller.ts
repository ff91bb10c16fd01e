import { Controller } from '@nestjs/common';
import { AccessMatrixRequest, type AccessMatrixView } from '@snowflow/contracts/workflow/access.dto';
import { workflowContract, type WorkflowHandlers } from '@snowflow/contracts/workflow/workflow.contract';
import { Handle } from '@snowflow/transport/handle.decorator';
import { AccessMatrixService } from './access-matrix.service';

@Controller()
export class AccessController implements Pick<WorkflowHandlers, 'accessMatrix'> {
  constructor(private readonly matrix: AccessMatrixService) {}

  @Handle(workflowContract.operations.accessMatrix)
  accessMatrix(request: AccessMatrixRequest): Promise<AccessMatrixView> {
    return this.matrix.of(request);
  }
}
