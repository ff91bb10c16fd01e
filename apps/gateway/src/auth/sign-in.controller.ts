import { Body, Controller, Get, Inject, Post, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { SkipThrottle } from '@nestjs/throttler';
import { AuthClient, authContract } from '@snowflow/contracts/auth/auth.contract';
import { ConnectReply, ConnectRequest } from '@snowflow/contracts/auth/auth.dto';
import { AccountQuery, SignInOptions } from '@snowflow/contracts/auth/oauth.dto';
import { ConnectionTest } from '@snowflow/contracts/connections/connections.dto';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiGuarded } from '../openapi/guarded.decorator';
import { ApiProblems } from '../openapi/responses.decorator';
import { Public } from '../security/public.decorator';
import { FailedConnects } from '../throttling/failed-connects';
import { answerTokens } from './answer-tokens';
import { PushedSignIn } from './pushed-sign-in';
import { containerToken } from './container-identity';
import { clientLabel } from './client-label';
import { NATIVE_APP } from '../tokens';

@ApiTags('auth')
@Controller('auth')
export class SignInController {
  constructor(
    @InjectClient(authContract) private readonly auth: AuthClient,
    @Inject(NATIVE_APP) private readonly isNativeApp: boolean,
    private readonly failedConnects: FailedConnects,
    private readonly pushed: PushedSignIn,
  ) {}

  @Public()
  @Get('methods')
  @ApiOperation({ operationId: 'signInMethods', summary: 'How people may sign in to an account here' })
  @ApiResponse({ status: 200, type: SignInOptions })
  @ApiProblems('VALIDATION', 'ACCOUNT_NOT_ALLOWED', 'THROTTLED')
  methods(@Query() query: AccountQuery): Promise<SignInOptions> {
    return this.auth.signInOptions(query);
  }

  @Public()
  @Get('connection-test')
  @ApiOperation({ operationId: 'testConnection', summary: 'Which part of an account can be reached from here' })
  @ApiResponse({ status: 200, type: ConnectionTest })
  @ApiProblems('VALIDATION', 'ACCOUNT_NOT_ALLOWED', 'THROTTLED')
  test(@Query() query: AccountQuery): Promise<ConnectionTest> {
    return this.auth.testConnection(query);
  }

  @Get('connection-test/own')
  @ApiGuarded()
  @ApiOperation({
    operationId: 'testOwnConnection',
    summary: "The same of your session's account, with the hosts that its results come from",
  })
  @ApiResponse({ status: 200, type: ConnectionTest })
  testOwn(): Promise<ConnectionTest> {
    return this.auth.testOwnConnection({});
  }

  @Public()
  @SkipThrottle()
  @Post('connect')
  @ApiOperation({ operationId: 'connect', summary: 'Sign in with a Snowflake account, or the demo account' })
  @ApiResponse({ status: 201, type: ConnectReply, description: 'Also sets the HttpOnly token cookies' })
  @ApiProblems(
    'VALIDATION',
    'SNOWFLAKE_LOGIN_FAILED',
    'ACCOUNT_NOT_ALLOWED',
    'METHOD_REFUSED',
    'NOT_A_MEMBER',
    'ORIGIN_REFUSED',
    'THROTTLED',
    'SNOWFLAKE_UNREACHABLE',
  )
  async connect(
    @Body() body: ConnectRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ConnectReply> {
    const signIn = { ...body, ...containerToken(body, request, this.isNativeApp), client: clientLabel(request) };
    const tokens = await this.failedConnects.attempt(request.ip, () =>
      body.push === true ? this.pushed.connect(signIn, reply) : this.auth.connect(signIn),
    );
    return answerTokens(tokens, reply, body.issueRefreshToken === true);
  }
}
