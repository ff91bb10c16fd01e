import { Controller } from '@nestjs/common';
import type { Done } from '@snowflow/contracts/rpc/nothing';
import type { RemoveRequest } from '@snowflow/contracts/workflow/sharing.dto';
import { workflowContract, type WorkflowHandlers } from '@snowflow/contracts/workflow/workflow.contract';
import type { WorkflowId } from '@snowflow/contracts/workflow/workflow.dto';
import { Handle } from '@snowflow/transport/handle.decorator';
import { TrashService } from './trash.service';

const { operations } = workflowContract;

@Controller()
export class TrashController implements Pick<WorkflowHandlers, 'remove' | 'restore'> {
  constructor(private readonly trash: TrashService) {}

  @Handle(operations.remove)
  remove(request: RemoveRequest): Promise<Done> {
    return this.trash.remove(request);
  }

  @Handle(operations.restore)
  restore({ id }: WorkflowId): Promise<Done> {
    return this.trash.restore(id);
  }
}
