import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { RowsFormat } from '@snowflow/contracts/rows/rows-handle';
import { RowsPageView } from '@snowflow/contracts/rows/rows-page.dto';
import { WorkflowClient, workflowContract } from '@snowflow/contracts/workflow/workflow.contract';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import type { FastifyReply } from 'fastify';
import { NodeIdPipe } from '../input/node-id.pipe';
import { OpaqueIdPipe } from '../input/opaque-id.pipe';
import { ApiGuarded } from '../openapi/guarded.decorator';
import { ApiProblems } from '../openapi/responses.decorator';
import { RowsProxy } from '../rows/rows-proxy';
import type { GatewayRequest } from '../scope/person';
import { ResultQuery } from './result.query';

const runId = new OpaqueIdPipe('run');
const nodeId = new NodeIdPipe();

/** Rows come by a handle that the workflow service seals for this reader; the gateway only pipes them. */
@ApiTags('results')
@ApiGuarded()
@ApiProblems('NOT_YOUR_RESULT', 'CONTEXT_DIFFERS', 'NOT_FOUND', 'NO_OWN_RESULT', 'RESULT_EXPIRED')
@Controller('runs/:id/nodes/:nodeId')
export class RunResultsController {
  constructor(
    @InjectClient(workflowContract) private readonly workflows: WorkflowClient,
    private readonly rows: RowsProxy,
  ) {}

  @Get('result')
  @ApiOperation({ operationId: 'getResult', summary: "A page of a node's result" })
  @ApiResponse({ status: 200, type: RowsPageView })
  async page(
    @Param('id', runId) id: string,
    @Param('nodeId', nodeId) node: string,
    @Query() query: ResultQuery,
    @Req() request: GatewayRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { handle } = await this.workflows.result({ id, nodeId: node, format: 'page', ...query });
    await this.rows.send(handle, reply, { correlationId: request.id });
  }

  @Get('result.csv')
  @ApiOperation({ operationId: 'getResultCsv', summary: 'The whole result as CSV' })
  @ApiProduces('text/csv')
  @ApiResponse({ status: 200, content: { 'text/csv': { schema: { type: 'string' } } } })
  csv(
    @Param('id', runId) id: string,
    @Param('nodeId', nodeId) node: string,
    @Req() request: GatewayRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.stream(id, node, 'csv', request, reply);
  }

  @Get('result.ndjson')
  @ApiOperation({ operationId: 'getResultNdjson', summary: 'The whole result, a JSON object a line' })
  @ApiProduces('application/x-ndjson')
  @ApiResponse({ status: 200, content: { 'application/x-ndjson': { schema: { type: 'string' } } } })
  ndjson(
    @Param('id', runId) id: string,
    @Param('nodeId', nodeId) node: string,
    @Req() request: GatewayRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.stream(id, node, 'ndjson', request, reply);
  }

  private async stream(
    id: string,
    node: string,
    format: Exclude<RowsFormat, 'page'>,
    request: GatewayRequest,
    reply: FastifyReply,
  ): Promise<void> {
    const { handle } = await this.workflows.result({ id, nodeId: node, format });
    const download = { format, fileName: `${id}-${node}.${format}` };
    await this.rows.send(handle, reply, { correlationId: request.id, download });
  }
}
