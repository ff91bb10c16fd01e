import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { AuthClient, authContract } from '@snowflow/contracts/auth/auth.contract';
import { PoliciesView, SavePoliciesRequest } from '@snowflow/contracts/auth/policies.dto';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import { ApiGuarded } from '../openapi/guarded.decorator';
import { ApiProblems } from '../openapi/responses.decorator';

@ApiGuarded()
@Controller()
export class PoliciesController {
  constructor(@InjectClient(authContract) private readonly auth: AuthClient) {}

  @Get('policies')
  @ApiTags('catalog')
  @ApiOperation({ operationId: 'policiesInForce', summary: 'What workflows here may use: for everybody in the tenant' })
  @ApiResponse({ status: 200, type: PoliciesView })
  inForce(): Promise<PoliciesView> {
    return this.auth.policiesInForce({});
  }

  @Get('admin/policies')
  @ApiTags('admin')
  @ApiOperation({ operationId: 'readPolicies', summary: 'The same, for those who change it' })
  @ApiResponse({ status: 200, type: PoliciesView })
  @ApiProblems('FORBIDDEN')
  read(): Promise<PoliciesView> {
    return this.auth.policies({});
  }

  @Put('admin/policies')
  @ApiTags('admin')
  @ApiOperation({
    operationId: 'savePolicies',
    summary: 'Replaces all lists; one that is null or left out allows everything',
  })
  @ApiResponse({ status: 200, type: PoliciesView })
  @ApiProblems('FORBIDDEN', 'ORIGIN_REFUSED', 'VALIDATION', 'REVISION_CONFLICT')
  save(@Body() body: SavePoliciesRequest): Promise<PoliciesView> {
    return this.auth.savePolicies(body);
  }
}
