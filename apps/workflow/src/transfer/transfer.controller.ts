import { Controller } from '@nestjs/common';
import {
  ExportOneRequest,
  type ExportReply,
  type ImportReportView,
  ImportRequest,
} from '@snowflow/contracts/workflow/transfer.dto';
import { workflowContract, type WorkflowHandlers } from '@snowflow/contracts/workflow/workflow.contract';
import { Handle } from '@snowflow/transport/handle.decorator';
import { ExportService } from './export.service';
import { ImportService } from './import.service';

const { operations } = workflowContract;

@Controller()
export class TransferController implements Pick<WorkflowHandlers, 'exportWorkflows' | 'importWorkflows'> {
  constructor(
    private readonly exports: ExportService,
    private readonly imports: ImportService,
  ) {}

  @Handle(operations.exportWorkflows)
  exportWorkflows(request: ExportOneRequest): Promise<ExportReply> {
    return this.exports.export(request);
  }

  @Handle(operations.importWorkflows)
  importWorkflows(request: ImportRequest): Promise<ImportReportView> {
    return this.imports.import(request);
  }
}
