import { Controller } from '@nestjs/common';
import type { BudgetView } from '@snowflow/contracts/workflow/budget.dto';
import { SaveBudgetRequest } from '@snowflow/contracts/workflow/budget.dto';
import { type PreviewReply, PreviewRequest } from '@snowflow/contracts/workflow/preview.dto';
import { workflowContract, type WorkflowHandlers } from '@snowflow/contracts/workflow/workflow.contract';
import { WorkflowId } from '@snowflow/contracts/workflow/workflow.dto';
import { Handle } from '@snowflow/transport/handle.decorator';
import { BudgetsService } from '../budget/budgets.service';
import { PreviewService } from './preview.service';

const { operations } = workflowContract;

/** What a workflow would take, and what it may take. */
@Controller()
export class CostController implements Pick<WorkflowHandlers, 'preview' | 'budget' | 'saveBudget'> {
  constructor(
    private readonly previews: PreviewService,
    private readonly budgets: BudgetsService,
  ) {}

  @Handle(operations.preview)
  preview(request: PreviewRequest): Promise<PreviewReply> {
    return this.previews.preview(request);
  }

  @Handle(operations.budget)
  budget({ id }: WorkflowId): Promise<BudgetView> {
    return this.budgets.get(id);
  }

  @Handle(operations.saveBudget)
  saveBudget(request: SaveBudgetRequest): Promise<BudgetView> {
    return this.budgets.save(request);
  }
}
