import { Controller } from '@nestjs/common';
import type { SealedHandle } from '@snowflow/contracts/catalog/catalog.dto';
import { type Page, PageQuery } from '@snowflow/contracts/dto/page.dto';
import type { Done } from '@snowflow/contracts/rpc/nothing';
import { workflowContract, type WorkflowHandlers } from '@snowflow/contracts/workflow/workflow.contract';
import {
  EventsRequest,
  ResultRequest,
  RunId,
  RunRequest,
  RunsQuery,
  type EventsReply,
  type RunStartedView,
  type RunSummaryView,
  type RunView,
} from '@snowflow/contracts/workflow/workflow.dto';
import { type ApprovalView, DecisionRequest } from '@snowflow/contracts/workflow/approvals.dto';
import { Handle } from '@snowflow/transport/handle.decorator';
import { ApprovalsService } from './approvals.service';
import { ResultsService } from './results.service';
import { RunStartService } from './run-start.service';
import { RunsService } from './runs.service';
import { SessionRunsService } from './session-runs.service';

const { operations } = workflowContract;

@Controller()
export class RunsController implements Pick<
  WorkflowHandlers,
  | 'startRun'
  | 'retryRun'
  | 'listRuns'
  | 'getRun'
  | 'events'
  | 'result'
  | 'cancelRun'
  | 'cancelRuns'
  | 'holdRuns'
  | 'resumeRuns'
  | 'approvals'
  | 'decide'
> {
  constructor(
    private readonly runs: RunsService,
    private readonly starting: RunStartService,
    private readonly approving: ApprovalsService,
    private readonly sessionRuns: SessionRunsService,
    private readonly results: ResultsService,
  ) {}

  @Handle(operations.startRun)
  startRun(request: RunRequest): Promise<RunStartedView> {
    return this.starting.start(request);
  }

  @Handle(operations.retryRun)
  retryRun({ id }: RunId): Promise<RunStartedView> {
    return this.starting.retry(id);
  }

  @Handle(operations.approvals)
  approvals(query: PageQuery): Promise<Page<ApprovalView>> {
    return this.approving.list(query);
  }

  @Handle(operations.decide)
  decide(request: DecisionRequest): Promise<Done> {
    return this.approving.decide(request);
  }

  @Handle(operations.listRuns)
  listRuns(query: RunsQuery): Promise<Page<RunSummaryView>> {
    return this.runs.list(query);
  }

  @Handle(operations.getRun)
  getRun({ id }: RunId): Promise<RunView> {
    return this.runs.get(id);
  }

  @Handle(operations.events)
  events(request: EventsRequest): Promise<EventsReply> {
    return this.runs.events(request);
  }

  @Handle(operations.result)
  result(request: ResultRequest): Promise<SealedHandle> {
    return this.results.handle(request);
  }

  @Handle(operations.cancelRun)
  cancelRun({ id }: RunId): Promise<Done> {
    return this.runs.cancel(id);
  }

  @Handle(operations.cancelRuns)
  cancelRuns(): Promise<Done> {
    return this.sessionRuns.cancelAll();
  }

  @Handle(operations.holdRuns)
  holdRuns(): Promise<Done> {
    return this.sessionRuns.holdAll();
  }

  @Handle(operations.resumeRuns)
  resumeRuns(): Promise<Done> {
    return this.sessionRuns.resumeAll();
  }
}
