import { Controller } from '@nestjs/common';
import {
  ApplyRequest,
  DeployRequest,
  type DeployedView,
  type DeployPreview,
} from '@snowflow/contracts/workflow/deploy.dto';
import { workflowContract, type WorkflowHandlers } from '@snowflow/contracts/workflow/workflow.contract';
import { Handle } from '@snowflow/transport/handle.decorator';
import { DeployService } from './deploy.service';

const { operations } = workflowContract;

@Controller()
export class DeployController implements Pick<WorkflowHandlers, 'deploy' | 'applyDeploy'> {
  constructor(private readonly deploys: DeployService) {}

  @Handle(operations.deploy)
  deploy(request: DeployRequest): Promise<DeployPreview> {
    return this.deploys.preview(request);
  }

  @Handle(operations.applyDeploy)
  applyDeploy(request: ApplyRequest): Promise<DeployedView> {
    return this.deploys.apply(request);
  }
}
