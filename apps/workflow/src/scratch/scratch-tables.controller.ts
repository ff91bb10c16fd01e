import { Controller } from '@nestjs/common';
import type { ScratchTablesView } from '@snowflow/contracts/workflow/scratch-tables.dto';
import { workflowContract, type WorkflowHandlers } from '@snowflow/contracts/workflow/workflow.contract';
import { Handle } from '@snowflow/transport/handle.decorator';
import { OverdueTablesService } from './overdue-tables.service';

@Controller()
export class ScratchTablesController implements Pick<WorkflowHandlers, 'overdueTables'> {
  constructor(private readonly overdue: OverdueTablesService) {}

  @Handle(workflowContract.operations.overdueTables)
  overdueTables(): Promise<ScratchTablesView> {
    return this.overdue.list();
  }
}
