import { Controller } from '@nestjs/common';
import { AuditRequest, ChainPage, VerifiedStretch, VerifyAuditRequest } from '@snowflow/contracts/audit/audit.dto';
import { workflowContract, type WorkflowHandlers } from '@snowflow/contracts/workflow/workflow.contract';
import { Handle } from '@snowflow/transport/handle.decorator';
import { AuditService } from './audit.service';

const { audit, verifyAudit } = workflowContract.operations;

@Controller()
export class AuditController implements Pick<WorkflowHandlers, 'audit' | 'verifyAudit'> {
  constructor(private readonly service: AuditService) {}

  @Handle(audit)
  audit(request: AuditRequest): Promise<ChainPage> {
    return this.service.list(request);
  }

  @Handle(verifyAudit)
  verifyAudit(from: VerifyAuditRequest): Promise<VerifiedStretch> {
    return this.service.verify(from);
  }
}
