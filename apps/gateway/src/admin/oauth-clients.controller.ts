import { Body, Controller, Delete, Get, HttpCode, Param, Put, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { AuthClient, authContract } from '@snowflow/contracts/auth/auth.contract';
import { ExternalOauthSetupQuery, ExternalOauthSetupSql, OauthSetupSql } from '@snowflow/contracts/auth/oauth.dto';
import { OauthClientView, OauthProviderId, SaveOauthClientBody } from '@snowflow/contracts/auth/tenant.dto';
import type { Page } from '@snowflow/contracts/dto/page.dto';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import { ApiGuarded } from '../openapi/guarded.decorator';
import { ApiPage, ApiProblems } from '../openapi/responses.decorator';

@ApiTags('admin')
@ApiGuarded()
@Controller('admin/oauth-clients')
export class OauthClientsController {
  constructor(@InjectClient(authContract) private readonly auth: AuthClient) {}

  @Get()
  @ApiOperation({ operationId: 'listOauthClients', summary: "The tenant's OAuth clients, without their secrets" })
  @ApiPage(OauthClientView)
  @ApiProblems('FORBIDDEN')
  list(): Promise<Page<OauthClientView>> {
    return this.auth.oauthClients({});
  }

  @Get('setup-sql')
  @ApiOperation({ operationId: 'oauthSetupSql', summary: 'The statements an administrator runs in Snowflake' })
  @ApiResponse({ status: 200, type: OauthSetupSql })
  @ApiProblems('FORBIDDEN')
  setupSql(): Promise<OauthSetupSql> {
    return this.auth.oauthSetupSql({});
  }

  @Get('external/setup-sql')
  @ApiOperation({
    operationId: 'externalOauthSetupSql',
    summary: "The statement by which Snowflake trusts the company's own identity provider",
  })
  @ApiResponse({ status: 200, type: ExternalOauthSetupSql })
  @ApiProblems('FORBIDDEN', 'SNOWFLAKE_UNREACHABLE')
  externalSetupSql(@Query() query: ExternalOauthSetupQuery): Promise<ExternalOauthSetupSql> {
    return this.auth.externalOauthSetupSql(query);
  }

  @Put(':provider')
  @ApiOperation({ operationId: 'saveOauthClient' })
  @ApiResponse({ status: 200, type: OauthClientView })
  @ApiProblems('FORBIDDEN', 'ORIGIN_REFUSED')
  save(@Param() { provider }: OauthProviderId, @Body() body: SaveOauthClientBody): Promise<OauthClientView> {
    return this.auth.saveOauthClient({ provider, ...body });
  }

  @Delete(':provider')
  @HttpCode(204)
  @ApiOperation({ operationId: 'deleteOauthClient' })
  @ApiNoContentResponse()
  @ApiProblems('FORBIDDEN', 'ORIGIN_REFUSED', 'NOT_FOUND')
  async remove(@Param() { provider }: OauthProviderId): Promise<void> {
    await this.auth.removeOauthClient({ provider });
  }
}
