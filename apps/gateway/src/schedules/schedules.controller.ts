import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Page } from '@snowflow/contracts/dto/page.dto';
import {
  ChangeScheduleBody,
  CreateScheduleRequest,
  ScheduleRunsQuery,
  ScheduleRunView,
  SchedulesQuery,
  ScheduleView,
  TimingBody,
  TimingView,
} from '@snowflow/contracts/workflow/schedules.dto';
import { WorkflowClient, workflowContract } from '@snowflow/contracts/workflow/workflow.contract';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import { OpaqueIdPipe } from '../input/opaque-id.pipe';
import { ApiGuarded } from '../openapi/guarded.decorator';
import { ApiPage, ApiProblems } from '../openapi/responses.decorator';

const scheduleId = new OpaqueIdPipe('sch');

/** Published workflows that run by the clock, as a stored credential. */
@ApiTags('schedules')
@ApiGuarded()
@Controller('schedules')
export class SchedulesController {
  constructor(@InjectClient(workflowContract) private readonly workflows: WorkflowClient) {}

  @Get()
  @ApiOperation({ operationId: 'listSchedules' })
  @ApiPage(ScheduleView)
  list(@Query() query: SchedulesQuery): Promise<Page<ScheduleView>> {
    return this.workflows.schedules(query);
  }

  @Post()
  @ApiOperation({ operationId: 'createSchedule', summary: 'One run per instant, by a credential approved for it' })
  @ApiResponse({ status: 201, type: ScheduleView })
  @ApiProblems('ORIGIN_REFUSED', 'FORBIDDEN', 'NOT_FOUND', 'VALIDATION')
  create(@Body() body: CreateScheduleRequest): Promise<ScheduleView> {
    return this.workflows.createSchedule(body);
  }

  @Post('preview')
  @HttpCode(200)
  @ApiOperation({ operationId: 'previewSchedule', summary: 'The next five times of a cron expression or an interval' })
  @ApiResponse({ status: 200, type: TimingView })
  @ApiProblems('ORIGIN_REFUSED', 'VALIDATION')
  preview(@Body() body: TimingBody): Promise<TimingView> {
    return this.workflows.previewTiming(body);
  }

  @Get(':id')
  @ApiOperation({ operationId: 'getSchedule' })
  @ApiResponse({ status: 200, type: ScheduleView })
  @ApiProblems('NOT_FOUND')
  get(@Param('id', scheduleId) id: string): Promise<ScheduleView> {
    return this.workflows.schedule({ id });
  }

  @Patch(':id')
  @ApiOperation({ operationId: 'changeSchedule', summary: 'What is absent stays; `enabled` pauses and resumes' })
  @ApiResponse({ status: 200, type: ScheduleView })
  @ApiProblems('ORIGIN_REFUSED', 'FORBIDDEN', 'NOT_FOUND', 'VALIDATION')
  change(@Param('id', scheduleId) id: string, @Body() body: ChangeScheduleBody): Promise<ScheduleView> {
    return this.workflows.changeSchedule({ ...body, id });
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ operationId: 'deleteSchedule', summary: 'Its runs stay' })
  @ApiNoContentResponse()
  @ApiProblems('ORIGIN_REFUSED', 'FORBIDDEN', 'NOT_FOUND')
  async remove(@Param('id', scheduleId) id: string): Promise<void> {
    await this.workflows.removeSchedule({ id });
  }

  @Post(':id/run-now')
  @HttpCode(202)
  @ApiOperation({ operationId: 'runScheduleNow', summary: 'One more instant, now; of a paused schedule too' })
  @ApiResponse({ status: 202, type: ScheduleRunView })
  @ApiProblems('ORIGIN_REFUSED', 'FORBIDDEN', 'NOT_FOUND', 'VALIDATION')
  runNow(@Param('id', scheduleId) id: string): Promise<ScheduleRunView> {
    return this.workflows.runScheduleNow({ id });
  }

  @Get(':id/runs')
  @ApiOperation({ operationId: 'listScheduleRuns', summary: 'What became of its instants, the newest first' })
  @ApiPage(ScheduleRunView)
  @ApiProblems('NOT_FOUND', 'VALIDATION')
  runs(@Param('id', scheduleId) id: string, @Query() query: ScheduleRunsQuery): Promise<Page<ScheduleRunView>> {
    return this.workflows.scheduleRuns({ ...query, id });
  }
}
