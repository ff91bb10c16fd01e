import { Controller } from '@nestjs/common';
import type { Page } from '@snowflow/contracts/dto/page.dto';
import { SourceUsesQuery, type SourceUseView } from '@snowflow/contracts/workflow/source-use.dto';
import { workflowContract, type WorkflowHandlers } from '@snowflow/contracts/workflow/workflow.contract';
import {
  SaveRequest,
  ValidateRequest,
  WorkflowId,
  WorkflowsQuery,
  type SaveReply,
  type ValidateReply,
  type WorkflowSummaryView,
  type WorkflowView,
} from '@snowflow/contracts/workflow/workflow.dto';
import { Handle } from '@snowflow/transport/handle.decorator';
import { ValidationService } from '../validation/validation.service';
import { SourceUsesService } from './source-uses.service';
import { WorkflowsService } from './workflows.service';

const { operations } = workflowContract;

@Controller()
export class WorkflowsController implements Pick<WorkflowHandlers, 'save' | 'list' | 'get' | 'usedBy' | 'validate'> {
  constructor(
    private readonly workflows: WorkflowsService,
    private readonly uses: SourceUsesService,
    private readonly validation: ValidationService,
  ) {}

  @Handle(operations.save)
  save(request: SaveRequest): Promise<SaveReply> {
    return this.workflows.save(request);
  }

  @Handle(operations.list)
  list(query: WorkflowsQuery): Promise<Page<WorkflowSummaryView>> {
    return this.workflows.list(query);
  }

  @Handle(operations.get)
  get({ id }: WorkflowId): Promise<WorkflowView> {
    return this.workflows.get(id);
  }

  @Handle(operations.usedBy)
  usedBy(query: SourceUsesQuery): Promise<Page<SourceUseView>> {
    return this.uses.list(query);
  }

  @Handle(operations.validate)
  validate({ definition }: ValidateRequest): Promise<ValidateReply> {
    return this.validation.validate(definition);
  }
}
