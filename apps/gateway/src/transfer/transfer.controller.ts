import { Body, Controller, Get, Headers, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiExtraModels,
  ApiHeader,
  ApiOperation,
  ApiParam,
  ApiProduces,
  ApiResponse,
  ApiTags,
  getSchemaPath,
} from '@nestjs/swagger';
import {
  ExportQuery,
  type ExportReply,
  ExportRequest,
  ImportQuery,
  ImportReportView,
  ImportRequest,
} from '@snowflow/contracts/workflow/transfer.dto';
import { WorkflowClient, workflowContract } from '@snowflow/contracts/workflow/workflow.contract';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import type { FastifyReply } from 'fastify';
import { IdempotencyKey } from '../input/idempotency-key.decorator';
import { OpaqueIdPipe } from '../input/opaque-id.pipe';
import { ApiGuarded } from '../openapi/guarded.decorator';
import { ApiProblems, IDEMPOTENCY_HEADER } from '../openapi/responses.decorator';
import { importRequestOf } from './import-body';

const workflowId = new OpaqueIdPipe('wf');
const FILE = {
  status: 200,
  description: 'The file, as an attachment',
  content: { 'application/json': { schema: { type: 'object' } }, 'application/yaml': { schema: { type: 'string' } } },
} as const;
const MEDIA_TYPES = { json: 'application/json; charset=utf-8', yaml: 'application/yaml; charset=utf-8' };

@ApiTags('workflows')
@ApiGuarded()
@Controller('workflows')
export class TransferController {
  constructor(@InjectClient(workflowContract) private readonly workflows: WorkflowClient) {}

  @Get(':id/export')
  @ApiOperation({ operationId: 'exportWorkflow', summary: 'A workflow as a file, without secrets' })
  @ApiParam({ name: 'id', example: 'wf_3kTMd9xZq0Lr5Yb2Nw8Vca' })
  @ApiProduces('application/json', 'application/yaml')
  @ApiResponse(FILE)
  @ApiProblems('NOT_FOUND', 'VALIDATION')
  async exportOne(
    @Param('id', workflowId) id: string,
    @Query() { format, revision, called, values }: ExportQuery,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const more = { called: called === 'true', values: values !== 'false' };
    sendFile(reply, await this.workflows.exportWorkflows({ ids: [id], format, revision, ...more }));
  }

  @Post('export')
  @HttpCode(200)
  @ApiOperation({ operationId: 'exportWorkflows', summary: 'Several workflows as one file, without secrets' })
  @ApiProduces('application/json', 'application/yaml')
  @ApiResponse(FILE)
  @ApiProblems('ORIGIN_REFUSED', 'NOT_FOUND', 'VALIDATION')
  async exportMany(@Body() body: ExportRequest, @Res() reply: FastifyReply): Promise<void> {
    sendFile(reply, await this.workflows.exportWorkflows(body));
  }

  @Post('import')
  @HttpCode(200)
  @ApiOperation({ operationId: 'importWorkflows', summary: 'Makes drafts of a file, or tells what would become of it' })
  @ApiHeader(IDEMPOTENCY_HEADER)
  @ApiExtraModels(ImportRequest)
  @ApiConsumes('application/json', 'application/yaml', 'multipart/form-data')
  @ApiBody({ schema: { oneOf: [{ $ref: getSchemaPath(ImportRequest) }] } })
  @ApiResponse({ status: 200, type: ImportReportView, description: 'What became of each workflow and node' })
  @ApiProblems(
    'ORIGIN_REFUSED',
    'MALFORMED_BODY',
    'BODY_TOO_LARGE',
    'UNSUPPORTED_MEDIA_TYPE',
    'FORBIDDEN',
    'VALIDATION',
    'IDEMPOTENCY_MISMATCH',
  )
  async import(
    @Body() body: unknown,
    @Headers('content-type') contentType: string | undefined,
    @Query() { dryRun }: ImportQuery,
    @IdempotencyKey() idempotencyKey: string | undefined,
  ): Promise<ImportReportView> {
    const query = dryRun === undefined ? {} : { dryRun: dryRun === 'true' };
    return this.workflows.importWorkflows(await importRequestOf(body, contentType ?? '', query), { idempotencyKey });
  }
}

/** An attachment under a name of plain letters, which a header can hold. */
function sendFile(reply: FastifyReply, { text, fileName, format }: ExportReply): void {
  void reply
    .header('content-type', MEDIA_TYPES[format])
    .header('content-disposition', `attachment; filename="${fileName}"`)
    .header('cache-control', 'no-store')
    .send(text);
}
