import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { AgentTraceQuery, AgentTraceView } from '@snowflow/contracts/workflow/agent-trace.dto';
import { WorkflowClient, workflowContract } from '@snowflow/contracts/workflow/workflow.contract';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import { OpaqueIdPipe } from '../input/opaque-id.pipe';
import { StepIdPipe } from '../input/step-id.pipe';
import { ApiGuarded } from '../openapi/guarded.decorator';
import { ApiProblems } from '../openapi/responses.decorator';

const runId = new OpaqueIdPipe('run');
const nodeId = new StepIdPipe();

@ApiTags('runs')
@ApiGuarded()
@Controller('runs/:id/nodes/:nodeId')
export class AgentTraceController {
  constructor(@InjectClient(workflowContract) private readonly workflows: WorkflowClient) {}

  @Get('trace')
  @ApiOperation({ operationId: 'getAgentTrace', summary: 'What an agent of your run did, call by call' })
  @ApiResponse({ status: 200, type: AgentTraceView })
  @ApiProblems('NOT_FOUND', 'VALIDATION')
  page(
    @Param('id', runId) id: string,
    @Param('nodeId', nodeId) node: string,
    @Query() query: AgentTraceQuery,
  ): Promise<AgentTraceView> {
    return this.workflows.agentTrace({ ...query, id, nodeId: node });
  }
}
