import { Controller } from '@nestjs/common';
import { AgentTraceRequest, type AgentTraceView } from '@snowflow/contracts/workflow/agent-trace.dto';
import { workflowContract, type WorkflowHandlers } from '@snowflow/contracts/workflow/workflow.contract';
import { Handle } from '@snowflow/transport/handle.decorator';
import { AgentTraceService } from './agent-trace.service';

const { operations } = workflowContract;

@Controller()
export class AgentTraceController implements Pick<WorkflowHandlers, 'agentTrace'> {
  constructor(private readonly trace: AgentTraceService) {}

  @Handle(operations.agentTrace)
  agentTrace(request: AgentTraceRequest): Promise<AgentTraceView> {
    return this.trace.page(request);
  }
}
