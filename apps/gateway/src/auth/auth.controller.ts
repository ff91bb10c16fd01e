import { Body, Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCookieAuth,
  ApiNoContentResponse,
  ApiOperation,
  ApiResponse,
  ApiTags,
} from '@nestjs/swagger';
import { SkipThrottle } from '@nestjs/throttler';
import { AuthClient, authContract } from '@snowflow/contracts/auth/auth.contract';
import {
  ConnectReply,
  ConnectRequest,
  ContextRequest,
  DisconnectRequest,
  MeView,
  RefreshRequest,
  SessionView,
} from '@snowflow/contracts/auth/auth.dto';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiProblems } from '../openapi/responses.decorator';
import { clearTokenCookies, REFRESH_COOKIE, setTokenCookies } from '../security/cookies';
import { Public } from '../security/public.decorator';
import { FailedConnects } from '../throttling/failed-connects';

@ApiTags('auth')
@Controller('auth')
export class AuthController {
  constructor(
    @InjectClient(authContract) private readonly auth: AuthClient,
    private readonly failedConnects: FailedConnects,
  ) {}

  @Public()
  @SkipThrottle()
  @Post('connect')
  @ApiOperation({ operationId: 'connect', summary: 'Sign in with a Snowflake account, or the demo account' })
  @ApiResponse({ status: 201, type: ConnectReply, description: 'Also sets the HttpOnly token cookies' })
  @ApiProblems('SNOWFLAKE_LOGIN_FAILED', 'ACCOUNT_NOT_ALLOWED', 'ORIGIN_REFUSED', 'SNOWFLAKE_UNREACHABLE')
  async connect(
    @Body() body: ConnectRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ConnectReply> {
    const tokens = await this.failedConnects.attempt(request.ip, () => this.auth.connect(body));
    return this.answer(tokens, reply, body.issueRefreshToken === true);
  }

  @Public()
  @Post('refresh')
  @HttpCode(200)
  @ApiOperation({ operationId: 'refresh', summary: 'New tokens for a refresh token; each one works once' })
  @ApiResponse({ status: 200, type: ConnectReply })
  @ApiProblems('UNAUTHENTICATED', 'SESSION_ENDED', 'REFRESH_REUSED', 'ORIGIN_REFUSED')
  async refresh(
    @Body() body: RefreshRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ConnectReply> {
    const refreshToken = body.refreshToken ?? request.cookies[REFRESH_COOKIE];
    if (!refreshToken) throw new AppError('UNAUTHENTICATED', 'Sign in first: there is no refresh token.');
    try {
      return this.answer(await this.auth.refresh({ refreshToken }), reply, body.refreshToken !== undefined);
    } catch (error) {
      const isDead = error instanceof AppError && (error.code === 'REFRESH_REUSED' || error.code === 'SESSION_ENDED');
      if (isDead) clearTokenCookies(reply);
      throw error;
    }
  }

  @Post('disconnect')
  @HttpCode(204)
  @ApiBearerAuth()
  @ApiCookieAuth()
  @ApiOperation({ operationId: 'disconnect', summary: 'Sign out: every token of the session dies at once' })
  @ApiNoContentResponse()
  @ApiProblems('UNAUTHENTICATED', 'SESSION_ENDED', 'ORIGIN_REFUSED')
  async disconnect(@Body() body: DisconnectRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    await this.auth.disconnect(body);
    clearTokenCookies(reply);
  }

  @Get('me')
  @ApiBearerAuth()
  @ApiCookieAuth()
  @ApiOperation({ operationId: 'me', summary: 'The session, and the roles and warehouses to choose from' })
  @ApiResponse({ status: 200, type: MeView })
  @ApiProblems('UNAUTHENTICATED', 'SESSION_ENDED', 'SNOWFLAKE_SESSION_ENDED')
  me(): Promise<MeView> {
    return this.auth.me({});
  }

  @Post('context')
  @HttpCode(200)
  @ApiBearerAuth()
  @ApiCookieAuth()
  @ApiOperation({ operationId: 'setContext', summary: 'Take another role, warehouse, database or schema' })
  @ApiResponse({ status: 200, type: SessionView })
  @ApiProblems(
    'UNAUTHENTICATED',
    'SESSION_ENDED',
    'SNOWFLAKE_SESSION_ENDED',
    'SNOWFLAKE_ACCESS_DENIED',
    'ORIGIN_REFUSED',
    'SOURCE_NOT_FOUND',
    'ROLE_NEEDS_SIGN_IN',
  )
  context(@Body() body: ContextRequest): Promise<SessionView> {
    return this.auth.context(body);
  }

  private answer(tokens: Required<ConnectReply>, reply: FastifyReply, withRefreshToken: boolean): ConnectReply {
    setTokenCookies(reply, tokens);
    void reply.header('cache-control', 'no-store');
    const { refreshToken, ...visible } = tokens;
    return withRefreshToken ? { ...visible, refreshToken } : visible;
  }
}
