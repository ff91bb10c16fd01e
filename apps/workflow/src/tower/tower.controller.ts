import { Controller } from '@nestjs/common';
import { type Page, PageQuery } from '@snowflow/contracts/dto/page.dto';
import type { Done } from '@snowflow/contracts/rpc/nothing';
import {
  OverviewQuery,
  type OverviewView,
  type TowerApprovalView,
  TowerRunsQuery,
  type TowerRunView,
} from '@snowflow/contracts/workflow/tower.dto';
import { UsageQuery, type UsageView } from '@snowflow/contracts/workflow/usage.dto';
import { workflowContract, type WorkflowHandlers } from '@snowflow/contracts/workflow/workflow.contract';
import { RunId } from '@snowflow/contracts/workflow/workflow.dto';
import { Handle } from '@snowflow/transport/handle.decorator';
import { OverviewService } from './overview.service';
import { TowerApprovalsService } from './tower-approvals.service';
import { TowerRunsService } from './tower-runs.service';
import { UsageService } from './usage.service';

const { operations } = workflowContract;

@Controller()
export class TowerController implements Pick<
  WorkflowHandlers,
  'overview' | 'towerRuns' | 'cancelAnyRun' | 'towerApprovals' | 'usage'
> {
  constructor(
    private readonly overviews: OverviewService,
    private readonly runs: TowerRunsService,
    private readonly approvals: TowerApprovalsService,
    private readonly uses: UsageService,
  ) {}

  @Handle(operations.overview)
  overview(query: OverviewQuery): Promise<OverviewView> {
    return this.overviews.read(query);
  }

  @Handle(operations.towerRuns)
  towerRuns(query: TowerRunsQuery): Promise<Page<TowerRunView>> {
    return this.runs.list(query);
  }

  @Handle(operations.cancelAnyRun)
  cancelAnyRun({ id }: RunId): Promise<Done> {
    return this.runs.cancel(id);
  }

  @Handle(operations.towerApprovals)
  towerApprovals(query: PageQuery): Promise<Page<TowerApprovalView>> {
    return this.approvals.list(query);
  }

  @Handle(operations.usage)
  usage(query: UsageQuery): Promise<UsageView> {
    return this.uses.read(query);
  }
}
