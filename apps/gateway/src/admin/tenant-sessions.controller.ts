import { Controller, Delete, Get, HttpCode, Param, Req, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AuthClient, authContract } from '@snowflow/contracts/auth/auth.contract';
import { TenantSessionView } from '@snowflow/contracts/auth/session-list.dto';
import type { Page } from '@snowflow/contracts/dto/page.dto';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import type { FastifyReply } from 'fastify';
import { OpaqueIdPipe } from '../input/opaque-id.pipe';
import { ApiGuarded } from '../openapi/guarded.decorator';
import { ApiPage, ApiProblems } from '../openapi/responses.decorator';
import type { GatewayRequest } from '../scope/person';
import { clearTokenCookies } from '../security/cookies';

@ApiTags('admin')
@ApiGuarded()
@Controller('admin/sessions')
export class TenantSessionsController {
  constructor(@InjectClient(authContract) private readonly auth: AuthClient) {}

  @Get()
  @ApiOperation({ operationId: 'listTenantSessions', summary: 'Where everybody is signed in' })
  @ApiPage(TenantSessionView)
  @ApiProblems('FORBIDDEN')
  list(): Promise<Page<TenantSessionView>> {
    return this.auth.tenantSessions({});
  }

  @Delete(':sessionId')
  @HttpCode(204)
  @ApiOperation({ operationId: 'endTenantSession', summary: "End anybody's session: its tokens die at once" })
  @ApiNoContentResponse()
  @ApiProblems('FORBIDDEN', 'ORIGIN_REFUSED', 'NOT_FOUND')
  async end(
    @Param('sessionId', new OpaqueIdPipe('ses')) sessionId: string,
    @Req() request: GatewayRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.auth.revokeTenantSession({ sessionId });
    if (request.user?.sessionId === sessionId) clearTokenCookies(reply);
  }
}
