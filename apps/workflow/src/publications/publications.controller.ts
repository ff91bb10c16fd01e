import { Controller } from '@nestjs/common';
import type { Done } from '@snowflow/contracts/rpc/nothing';
import {
  type PublicationView,
  type PublishedApi,
  type PublishedCallReply,
  PublishedCallRequest,
  type PublishedRunReply,
  PublishedRunRequest,
  PublishedSlug,
  SavePublicationRequest,
} from '@snowflow/contracts/workflow/publication.dto';
import { workflowContract, type WorkflowHandlers } from '@snowflow/contracts/workflow/workflow.contract';
import { WorkflowId } from '@snowflow/contracts/workflow/workflow.dto';
import { Handle } from '@snowflow/transport/handle.decorator';
import { PublicationsService } from './publications.service';
import { PublishedCallsService } from './published-calls.service';

const { operations } = workflowContract;

@Controller()
export class PublicationsController implements Pick<
  WorkflowHandlers,
  'publication' | 'savePublication' | 'removePublication' | 'callPublished' | 'publishedRun' | 'publishedApi'
> {
  constructor(
    private readonly publications: PublicationsService,
    private readonly calls: PublishedCallsService,
  ) {}

  @Handle(operations.publication)
  publication({ id }: WorkflowId): Promise<PublicationView> {
    return this.publications.get(id);
  }

  @Handle(operations.savePublication)
  savePublication(input: SavePublicationRequest): Promise<PublicationView> {
    return this.publications.save(input);
  }

  @Handle(operations.removePublication)
  removePublication({ id }: WorkflowId): Promise<Done> {
    return this.publications.remove(id);
  }

  @Handle(operations.callPublished)
  callPublished(input: PublishedCallRequest): Promise<PublishedCallReply> {
    return this.calls.call(input);
  }

  @Handle(operations.publishedRun)
  publishedRun(input: PublishedRunRequest): Promise<PublishedRunReply> {
    return this.calls.run(input);
  }

  @Handle(operations.publishedApi)
  publishedApi(input: PublishedSlug): Promise<PublishedApi> {
    return this.calls.api(input);
  }
}
