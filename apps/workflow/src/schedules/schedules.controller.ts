import { Controller } from '@nestjs/common';
import type { Page, PageQuery } from '@snowflow/contracts/dto/page.dto';
import type { Done } from '@snowflow/contracts/rpc/nothing';
import type {
  ChangeScheduleRequest,
  CreateScheduleRequest,
  ScheduleId,
  ScheduleRunsRequest,
  ScheduleRunView,
  SchedulesQuery,
  ScheduleSummaryView,
  ScheduleView,
  TimingBody,
  TimingView,
} from '@snowflow/contracts/workflow/schedules.dto';
import { workflowContract, type WorkflowHandlers } from '@snowflow/contracts/workflow/workflow.contract';
import { Handle } from '@snowflow/transport/handle.decorator';
import { SchedulesService } from './schedules.service';

const { operations } = workflowContract;

type Handlers = Pick<
  WorkflowHandlers,
  | 'schedules'
  | 'schedule'
  | 'createSchedule'
  | 'changeSchedule'
  | 'removeSchedule'
  | 'previewTiming'
  | 'runScheduleNow'
  | 'scheduleRuns'
  | 'schedulesOfTenant'
>;

@Controller()
export class SchedulesController implements Handlers {
  constructor(private readonly service: SchedulesService) {}

  @Handle(operations.schedules)
  schedules(query: SchedulesQuery): Promise<Page<ScheduleView>> {
    return this.service.list(query);
  }

  @Handle(operations.schedule)
  schedule({ id }: ScheduleId): Promise<ScheduleView> {
    return this.service.get(id);
  }

  @Handle(operations.createSchedule)
  createSchedule(request: CreateScheduleRequest): Promise<ScheduleView> {
    return this.service.create(request);
  }

  @Handle(operations.changeSchedule)
  changeSchedule(request: ChangeScheduleRequest): Promise<ScheduleView> {
    return this.service.change(request);
  }

  @Handle(operations.removeSchedule)
  removeSchedule({ id }: ScheduleId): Promise<Done> {
    return this.service.remove(id);
  }

  @Handle(operations.previewTiming)
  previewTiming(timing: TimingBody): Promise<TimingView> {
    return this.service.preview(timing);
  }

  @Handle(operations.runScheduleNow)
  runScheduleNow({ id }: ScheduleId): Promise<ScheduleRunView> {
    return this.service.runNow(id);
  }

  @Handle(operations.scheduleRuns)
  scheduleRuns(request: ScheduleRunsRequest): Promise<Page<ScheduleRunView>> {
    return this.service.runs(request);
  }

  @Handle(operations.schedulesOfTenant)
  schedulesOfTenant(query: PageQuery): Promise<Page<ScheduleSummaryView>> {
    return this.service.listOfTenant(query);
  }
}
