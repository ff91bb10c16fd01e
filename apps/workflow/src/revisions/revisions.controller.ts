import { Controller } from '@nestjs/common';
import type { Page } from '@snowflow/contracts/dto/page.dto';
import type {
  ChosenRevisionRequest,
  DiffRequest,
  DiffView,
  NameRevisionRequest,
  PublishedView,
  RevisionDocumentView,
  RevisionId,
  RevisionsRequest,
  RevisionView,
} from '@snowflow/contracts/workflow/revisions.dto';
import { workflowContract, type WorkflowHandlers } from '@snowflow/contracts/workflow/workflow.contract';
import type { SaveReply } from '@snowflow/contracts/workflow/workflow.dto';
import { Handle } from '@snowflow/transport/handle.decorator';
import { PublishingService } from './publishing.service';
import { RevisionsService } from './revisions.service';

const { operations } = workflowContract;

@Controller()
export class RevisionsController implements Pick<
  WorkflowHandlers,
  'revisions' | 'revision' | 'nameRevision' | 'diff' | 'publish' | 'rollback'
> {
  constructor(
    private readonly service: RevisionsService,
    private readonly publishing: PublishingService,
  ) {}

  @Handle(operations.revisions)
  revisions(request: RevisionsRequest): Promise<Page<RevisionView>> {
    return this.service.list(request);
  }

  @Handle(operations.revision)
  revision(request: RevisionId): Promise<RevisionDocumentView> {
    return this.service.get(request);
  }

  @Handle(operations.nameRevision)
  nameRevision(request: NameRevisionRequest): Promise<RevisionView> {
    return this.service.name(request);
  }

  @Handle(operations.diff)
  diff(request: DiffRequest): Promise<DiffView> {
    return this.service.diff(request);
  }

  @Handle(operations.publish)
  publish(request: ChosenRevisionRequest): Promise<PublishedView> {
    return this.publishing.publish(request);
  }

  @Handle(operations.rollback)
  rollback(request: ChosenRevisionRequest): Promise<SaveReply> {
    return this.publishing.rollback(request);
  }
}
