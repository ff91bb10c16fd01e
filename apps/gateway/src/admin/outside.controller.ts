import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { type Page, PageQuery } from '@snowflow/contracts/dto/page.dto';
import {
  HeldTags,
  NewOutsideCredential,
  OutsideCallView,
  OutsideCredentialsView,
  OutsideCredentialView,
  OutsideHosts,
} from '@snowflow/contracts/workflow/outside.dto';
import { WorkflowClient, workflowContract } from '@snowflow/contracts/workflow/workflow.contract';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import { OpaqueIdPipe } from '../input/opaque-id.pipe';
import { ApiGuarded } from '../openapi/guarded.decorator';
import { ApiPage, ApiProblems } from '../openapi/responses.decorator';

const credentialId = new OpaqueIdPipe('ocr');

/** What the tenant's workflows may call outside, with what, and what they called. */
@ApiTags('admin')
@ApiGuarded()
@Controller('admin')
export class OutsideController {
  constructor(@InjectClient(workflowContract) private readonly workflows: WorkflowClient) {}

  @Get('outside-hosts')
  @ApiOperation({ operationId: 'listOutsideHosts', summary: "The hosts that the tenant's workflows may call" })
  @ApiResponse({ status: 200, type: OutsideHosts })
  @ApiProblems('FORBIDDEN')
  hosts(): Promise<OutsideHosts> {
    return this.workflows.outsideHosts({});
  }

  @Put('outside-hosts')
  @ApiOperation({ operationId: 'saveOutsideHosts', summary: 'Replaces the list; an empty one lets nothing out' })
  @ApiResponse({ status: 200, type: OutsideHosts })
  @ApiProblems('FORBIDDEN', 'ORIGIN_REFUSED', 'VALIDATION')
  saveHosts(@Body() body: OutsideHosts): Promise<OutsideHosts> {
    return this.workflows.saveOutsideHosts(body);
  }

  @Get('held-tags')
  @ApiOperation({ operationId: 'listHeldTags', summary: 'The tags whose columns never leave the tenant' })
  @ApiResponse({ status: 200, type: HeldTags })
  @ApiProblems('FORBIDDEN')
  tags(): Promise<HeldTags> {
    return this.workflows.heldTags({});
  }

  @Put('held-tags')
  @ApiOperation({ operationId: 'saveHeldTags', summary: 'Replaces the list; an empty one holds nothing back' })
  @ApiResponse({ status: 200, type: HeldTags })
  @ApiProblems('FORBIDDEN', 'ORIGIN_REFUSED', 'VALIDATION')
  saveTags(@Body() body: HeldTags): Promise<HeldTags> {
    return this.workflows.saveHeldTags(body);
  }

  @Get('outside-credentials')
  @ApiOperation({ operationId: 'listOutsideCredentials', summary: 'Without their secrets' })
  @ApiResponse({ status: 200, type: OutsideCredentialsView })
  @ApiProblems('FORBIDDEN')
  credentials(): Promise<OutsideCredentialsView> {
    return this.workflows.outsideCredentials({});
  }

  @Post('outside-credentials')
  @ApiOperation({ operationId: 'addOutsideCredential', summary: 'Sent to its own hosts only, and never shown again' })
  @ApiResponse({ status: 201, type: OutsideCredentialView })
  @ApiProblems('FORBIDDEN', 'ORIGIN_REFUSED', 'VALIDATION')
  addCredential(@Body() body: NewOutsideCredential): Promise<OutsideCredentialView> {
    return this.workflows.addOutsideCredential(body);
  }

  @Delete('outside-credentials/:credentialId')
  @HttpCode(204)
  @ApiOperation({ operationId: 'removeOutsideCredential', summary: 'Steps that name it fail from now on' })
  @ApiNoContentResponse()
  @ApiProblems('FORBIDDEN', 'ORIGIN_REFUSED', 'NOT_FOUND')
  async removeCredential(@Param('credentialId', credentialId) id: string): Promise<void> {
    await this.workflows.removeOutsideCredential({ id });
  }

  @Get('outside-calls')
  @ApiOperation({ operationId: 'listOutsideCalls', summary: 'What workflows called, the newest first' })
  @ApiPage(OutsideCallView)
  @ApiProblems('FORBIDDEN', 'VALIDATION')
  calls(@Query() query: PageQuery): Promise<Page<OutsideCallView>> {
    return this.workflows.outsideCalls(query);
  }
}
