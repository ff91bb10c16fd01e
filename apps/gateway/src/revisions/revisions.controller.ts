import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { type Page, PageQuery } from '@snowflow/contracts/dto/page.dto';
import {
  ChosenRevision,
  DiffQuery,
  DiffView,
  PublishedView,
  RevisionDocumentView,
  RevisionNameBody,
  RevisionView,
} from '@snowflow/contracts/workflow/revisions.dto';
import { WorkflowClient, workflowContract } from '@snowflow/contracts/workflow/workflow.contract';
import { SavedView } from '@snowflow/contracts/workflow/workflow.dto';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import { OpaqueIdPipe } from '../input/opaque-id.pipe';
import { RevisionPipe } from '../input/revision.pipe';
import { ApiGuarded } from '../openapi/guarded.decorator';
import { ApiPage, ApiProblems } from '../openapi/responses.decorator';

const workflowId = new OpaqueIdPipe('wf');
const revisionNumber = new RevisionPipe();

@ApiTags('workflows')
@ApiGuarded()
@ApiParam({ name: 'id', example: 'wf_3kTMd9xZq0Lr5Yb2Nw8Vca' })
@Controller('workflows/:id')
export class RevisionsController {
  constructor(@InjectClient(workflowContract) private readonly workflows: WorkflowClient) {}

  @Get('revisions')
  @ApiOperation({ operationId: 'listRevisions', summary: 'What was saved of a workflow, the latest first' })
  @ApiPage(RevisionView)
  @ApiProblems('NOT_FOUND')
  list(@Param('id', workflowId) id: string, @Query() query: PageQuery): Promise<Page<RevisionView>> {
    return this.workflows.revisions({ id, ...query });
  }

  @Get('revisions/:a/diff/:b')
  @ApiOperation({ operationId: 'diffRevisions', summary: 'What became of one revision in another, by node and field' })
  @ApiResponse({ status: 200, type: DiffView })
  @ApiProblems('NOT_FOUND')
  diff(
    @Param('id', workflowId) id: string,
    @Param('a', revisionNumber) a: number,
    @Param('b', revisionNumber) b: number,
    @Query() query: DiffQuery,
  ): Promise<DiffView> {
    return this.workflows.diff({ id, a, b, ...query });
  }

  @Get('revisions/:revision')
  @ApiOperation({ operationId: 'getRevision' })
  @ApiResponse({ status: 200, type: RevisionDocumentView })
  @ApiProblems('NOT_FOUND')
  get(
    @Param('id', workflowId) id: string,
    @Param('revision', revisionNumber) revision: number,
  ): Promise<RevisionDocumentView> {
    return this.workflows.revision({ id, revision });
  }

  @Patch('revisions/:revision')
  @ApiOperation({ operationId: 'nameRevision', summary: 'Name a revision, or take its name away' })
  @ApiResponse({ status: 200, type: RevisionView })
  @ApiProblems('ORIGIN_REFUSED', 'FORBIDDEN', 'NOT_FOUND')
  name(
    @Param('id', workflowId) id: string,
    @Param('revision', revisionNumber) revision: number,
    @Body() body: RevisionNameBody,
  ): Promise<RevisionView> {
    return this.workflows.nameRevision({ id, revision, ...body });
  }

  @Post('publish')
  @HttpCode(200)
  @ApiOperation({ operationId: 'publishWorkflow', summary: 'Mark a revision as the published one' })
  @ApiResponse({ status: 200, type: PublishedView })
  @ApiProblems('ORIGIN_REFUSED', 'FORBIDDEN', 'POLICY_DENIED', 'NOT_FOUND', 'WORKFLOW_INVALID')
  publish(@Param('id', workflowId) id: string, @Body() { revision }: ChosenRevision): Promise<PublishedView> {
    return this.workflows.publish({ id, revision });
  }

  @Post('rollback')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'rollbackWorkflow',
    summary: 'Save an old revision anew on top of the draft, which stays a revision',
  })
  @ApiResponse({ status: 200, type: SavedView })
  @ApiProblems('ORIGIN_REFUSED', 'FORBIDDEN', 'NOT_FOUND')
  async rollback(@Param('id', workflowId) id: string, @Body() { revision }: ChosenRevision): Promise<SavedView> {
    const { created: _created, ...saved } = await this.workflows.rollback({ id, revision });
    return saved;
  }
}
