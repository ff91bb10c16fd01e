import { Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { AuthClient, authContract } from '@snowflow/contracts/auth/auth.contract';
import { SessionView } from '@snowflow/contracts/auth/auth.dto';
import { OwnershipChallenge } from '@snowflow/contracts/auth/tenant.dto';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import { ApiGuarded } from '../openapi/guarded.decorator';
import { ApiProblems } from '../openapi/responses.decorator';

/** Under OAuth Snowflake blocks its administrator roles: who manages grants proves it by statements instead. */
@ApiTags('auth')
@ApiGuarded()
@Controller('auth/ownership')
export class OwnershipController {
  constructor(@InjectClient(authContract) private readonly auth: AuthClient) {}

  @Post()
  @ApiOperation({ operationId: 'challengeOwnership', summary: 'Statements that prove the right to own the tenant' })
  @ApiResponse({ status: 201, type: OwnershipChallenge })
  @ApiProblems('ORIGIN_REFUSED')
  challenge(): Promise<OwnershipChallenge> {
    return this.auth.ownershipChallenge({});
  }

  @Post('verify')
  @HttpCode(200)
  @ApiOperation({ operationId: 'proveOwnership', summary: 'Looks whether the statements were run' })
  @ApiResponse({ status: 200, type: SessionView })
  @ApiProblems('ORIGIN_REFUSED', 'FORBIDDEN', 'SNOWFLAKE_SESSION_ENDED')
  verify(): Promise<SessionView> {
    return this.auth.proveOwnership({});
  }
}
