import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import { AuditPageView, AuditVerificationView } from '@snowflow/contracts/audit/audit.dto';
import type { RequestContext } from '@snowflow/contracts/sessions/request-context';
import type { FastifyReply } from 'fastify';
import { ApiGuarded } from '../openapi/guarded.decorator';
import { ApiProblems } from '../openapi/responses.decorator';
import { Context } from '../scope/person';
import { auditExport } from './audit-export';
import { AuditLogs } from './audit-logs';
import { AuditQuery } from './audit.query';

/** Who changed what in the tenant. */
@ApiTags('admin')
@ApiGuarded()
@ApiProblems('FORBIDDEN')
@Controller('admin/audit')
export class AuditController {
  constructor(private readonly logs: AuditLogs) {}

  @Get()
  @ApiOperation({ operationId: 'listAudit', summary: 'What people changed, the newest first, checked as it is read' })
  @ApiResponse({ status: 200, type: AuditPageView })
  list(@Query() query: AuditQuery): Promise<AuditPageView> {
    return this.logs.page(query);
  }

  @Get('verification')
  @ApiOperation({
    operationId: 'verifyAudit',
    summary: 'Walks the whole log and names the first place that does not hold',
  })
  @ApiResponse({ status: 200, type: AuditVerificationView })
  verify(@Res({ passthrough: true }) reply: FastifyReply): Promise<AuditVerificationView> {
    return this.logs.verify(reply.raw);
  }

  @Get('export.ndjson')
  @ApiOperation({ operationId: 'exportAudit', summary: 'The whole log with its hashes, a JSON object a line' })
  @ApiProduces('application/x-ndjson')
  @ApiResponse({ status: 200, content: { 'application/x-ndjson': { schema: { type: 'string' } } } })
  async export(@Context() context: RequestContext, @Res() reply: FastifyReply): Promise<void> {
    const stream = await auditExport(this.logs, context);
    void reply
      .status(200)
      .header('content-type', 'application/x-ndjson')
      .header('cache-control', 'no-store')
      .header('content-disposition', 'attachment; filename="snowflow-audit.ndjson"')
      .send(stream);
  }
}
