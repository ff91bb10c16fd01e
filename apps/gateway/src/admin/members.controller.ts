import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { AuthClient, authContract } from '@snowflow/contracts/auth/auth.contract';
import { ChangeMemberBody, InviteRequest, MemberView } from '@snowflow/contracts/auth/tenant.dto';
import type { Page } from '@snowflow/contracts/dto/page.dto';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import { OpaqueIdPipe } from '../input/opaque-id.pipe';
import { ApiGuarded } from '../openapi/guarded.decorator';
import { ApiPage, ApiProblems } from '../openapi/responses.decorator';

const memberId = new OpaqueIdPipe('usr');

@ApiTags('admin')
@ApiGuarded()
@Controller('admin/members')
export class MembersController {
  constructor(@InjectClient(authContract) private readonly auth: AuthClient) {}

  @Get()
  @ApiOperation({ operationId: 'listMembers' })
  @ApiPage(MemberView)
  @ApiProblems('FORBIDDEN')
  list(): Promise<Page<MemberView>> {
    return this.auth.members({});
  }

  @Post()
  @ApiOperation({ operationId: 'inviteMember', summary: 'Lets a Snowflake user of this account in' })
  @ApiResponse({ status: 201, type: MemberView })
  @ApiProblems('FORBIDDEN', 'ORIGIN_REFUSED')
  invite(@Body() body: InviteRequest): Promise<MemberView> {
    return this.auth.invite(body);
  }

  @Patch(':userId')
  @ApiOperation({ operationId: 'changeMember', summary: 'Gives a member another role here' })
  @ApiResponse({ status: 200, type: MemberView })
  @ApiProblems('FORBIDDEN', 'ORIGIN_REFUSED', 'NOT_FOUND')
  change(@Param('userId', memberId) userId: string, @Body() body: ChangeMemberBody): Promise<MemberView> {
    return this.auth.changeMember({ userId, ...body });
  }

  @Delete(':userId')
  @HttpCode(204)
  @ApiOperation({ operationId: 'removeMember', summary: 'Ends their sessions and suspends their stored credentials' })
  @ApiNoContentResponse()
  @ApiProblems('FORBIDDEN', 'ORIGIN_REFUSED', 'NOT_FOUND')
  async remove(@Param('userId', memberId) userId: string): Promise<void> {
    await this.auth.removeMember({ userId });
  }
}
