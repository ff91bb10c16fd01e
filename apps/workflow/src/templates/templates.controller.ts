import { Controller } from '@nestjs/common';
import type { Page } from '@snowflow/contracts/dto/page.dto';
import type { Done } from '@snowflow/contracts/rpc/nothing';
import {
  ChangedTemplate,
  NewTemplate,
  TemplateId,
  TemplatesQuery,
  UseTemplate,
  type TemplateMadeView,
  type TemplateSummaryView,
  type TemplateUsedView,
  type TemplateView,
} from '@snowflow/contracts/workflow/templates.dto';
import { workflowContract, type WorkflowHandlers } from '@snowflow/contracts/workflow/workflow.contract';
import { Handle } from '@snowflow/transport/handle.decorator';
import { TemplateUse } from './template-use.service';
import { TemplatesService } from './templates.service';

const { operations } = workflowContract;

@Controller()
export class TemplatesController implements Pick<
  WorkflowHandlers,
  'templates' | 'template' | 'createTemplate' | 'changeTemplate' | 'removeTemplate' | 'useTemplate'
> {
  constructor(
    private readonly service: TemplatesService,
    private readonly uses: TemplateUse,
  ) {}

  @Handle(operations.templates)
  templates(query: TemplatesQuery): Promise<Page<TemplateSummaryView>> {
    return this.service.list(query);
  }

  @Handle(operations.template)
  template({ id }: TemplateId): Promise<TemplateView> {
    return this.service.get(id);
  }

  @Handle(operations.createTemplate)
  createTemplate(request: NewTemplate): Promise<TemplateMadeView> {
    return this.service.create(request);
  }

  @Handle(operations.changeTemplate)
  changeTemplate(request: ChangedTemplate): Promise<Done> {
    return this.service.change(request);
  }

  @Handle(operations.removeTemplate)
  removeTemplate({ id }: TemplateId): Promise<Done> {
    return this.service.remove(id);
  }

  @Handle(operations.useTemplate)
  useTemplate(request: UseTemplate): Promise<TemplateUsedView> {
    return this.uses.use(request);
  }
}
