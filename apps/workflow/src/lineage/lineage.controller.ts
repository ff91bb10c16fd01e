import { Controller } from '@nestjs/common';
import {
  ColumnUsesQuery,
  LineageRequest,
  type ColumnUsesReply,
  type LineageReply,
} from '@snowflow/contracts/workflow/lineage.dto';
import { workflowContract, type WorkflowHandlers } from '@snowflow/contracts/workflow/workflow.contract';
import { Handle } from '@snowflow/transport/handle.decorator';
import { ColumnUsesService } from './column-uses.service';
import { LineageService } from './lineage.service';

const { operations } = workflowContract;

@Controller()
export class LineageController implements Pick<WorkflowHandlers, 'lineage' | 'columnUses'> {
  constructor(
    private readonly lineageService: LineageService,
    private readonly uses: ColumnUsesService,
  ) {}

  @Handle(operations.lineage)
  lineage(request: LineageRequest): Promise<LineageReply> {
    return this.lineageService.trace(request);
  }

  @Handle(operations.columnUses)
  columnUses(query: ColumnUsesQuery): Promise<ColumnUsesReply> {
    return this.uses.find(query);
  }
}
