import { Body, Controller, Get, HttpCode, Inject, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeEndpoint, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { AuthClient, authContract } from '@snowflow/contracts/auth/auth.contract';
import {
  OauthAuthorizeQuery,
  OauthSetupReply,
  OauthSetupRequest,
  OauthSetupSql,
} from '@snowflow/contracts/auth/oauth.dto';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiProblems } from '../openapi/responses.decorator';
import { toAppError } from '../problems/to-app-error';
import { setOauthCookie, setTokenCookies, takeOauthCookie } from '../security/cookies';
import { Public } from '../security/public.decorator';
import { FailedConnects } from '../throttling/failed-connects';
import { PUBLIC_URL } from '../tokens';
import { callbackParameters } from './callback-parameters';
import { callbackUri } from './callback-uri';
import { clientLabel } from './client-label';
import { localPath } from './local-path';

/** Sign-in through redirects. A failure on the way leads back to the page where it began, which says what happened. */
@ApiTags('auth')
@Controller('auth/oauth')
export class OauthController {
  private readonly redirectUri: string;

  constructor(
    @InjectClient(authContract) private readonly auth: AuthClient,
    @Inject(PUBLIC_URL) publicUrl: string,
    private readonly failedConnects: FailedConnects,
  ) {
    this.redirectUri = callbackUri(publicUrl);
  }

  @Public()
  @Get('authorize')
  @ApiOperation({ operationId: 'authorizeByOauth', summary: 'Sends a browser to sign in at Snowflake or the company' })
  @ApiResponse({ status: 302, description: "To the provider's page, or to /login with the reason" })
  @ApiProblems('VALIDATION', 'THROTTLED')
  async authorize(
    @Query() query: OauthAuthorizeQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    try {
      if (request.headers['sec-fetch-site'] === 'cross-site') throw sentFromElsewhere();
      const next = localPath(query.next);
      const started = await this.failedConnects.attempt(request.ip, () =>
        this.auth.oauthStart({ ...query, next, redirectUri: this.redirectUri }),
      );
      setOauthCookie(reply, started.authorizeUrl, started.binding);
      redirect(reply, started.authorizeUrl);
    } catch (error) {
      redirect(reply, loginPage(toAppError(error), query.account));
    }
  }

  @Public()
  @Get('callback')
  @ApiExcludeEndpoint()
  async callback(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { state, code, iss, error: refusal } = callbackParameters(request.query);
    const binding = state ? takeOauthCookie(request, reply, state) : undefined;
    try {
      if (!state || !binding) throw notStartedHere();
      const client = clientLabel(request);
      const { tokens, next } = await this.failedConnects.attempt(request.ip, () =>
        this.auth.oauthFinish({ state, binding, code, iss, error: refusal, client }),
      );
      if (tokens) setTokenCookies(reply, tokens);
      redirect(reply, localPath(next));
    } catch (error) {
      redirect(reply, pageOf(toAppError(error)));
    }
  }

  @Public()
  @Get('setup-sql')
  @ApiOperation({
    operationId: 'firstOauthSetupSql',
    summary: 'The statements that make the first OAuth client of an account',
  })
  @ApiResponse({ status: 200, type: OauthSetupSql })
  @ApiProblems('THROTTLED')
  setupSql(): Promise<OauthSetupSql> {
    return this.auth.oauthSetupSql({});
  }

  @Public()
  @Post('setup')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'setUpOauth',
    summary: 'First OAuth client of an account, by who can read its secret in Snowflake',
  })
  @ApiResponse({ status: 200, type: OauthSetupReply })
  @ApiProblems('VALIDATION', 'METHOD_REFUSED', 'ACCOUNT_NOT_ALLOWED', 'ORIGIN_REFUSED', 'THROTTLED')
  async setUp(
    @Body() { account, clientId, clientSecret }: OauthSetupRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OauthSetupReply> {
    const { authorizeUrl, binding } = await this.failedConnects.attempt(request.ip, () =>
      this.auth.oauthStart({
        account,
        provider: 'snowflake',
        redirectUri: this.redirectUri,
        setupClientId: clientId,
        setupClientSecret: clientSecret,
      }),
    );
    setOauthCookie(reply, authorizeUrl, binding);
    void reply.header('cache-control', 'no-store');
    return { authorizeUrl };
  }
}

/** Code and state stand in the address of the callback: nothing that is opened from it may learn them. */
function redirect(reply: FastifyReply, url: string): void {
  void reply.header('cache-control', 'no-store').header('referrer-policy', 'no-referrer').redirect(url, 302);
}

/** Another site would choose who is signed in here, where its provider lets its own user through without a word. */
function sentFromElsewhere(): AppError {
  return new AppError('ORIGIN_REFUSED', 'Another site led here. Start the sign-in on this page.');
}

function notStartedHere(): AppError {
  return new AppError(
    'OAUTH_STATE_INVALID',
    'This sign-in was not started in this browser, or is over. Sign in again.',
  );
}

/** Who is signed in and did not sign in by this is told where they were, everybody else at sign-in. */
function pageOf(error: AppError): string {
  const { next, reason } = error.details.extensions ?? {};
  if (typeof next !== 'string') return loginPage(error);
  const query = new URLSearchParams({ error: error.code });
  if (typeof reason === 'string') query.set('reason', reason);
  return `${localPath(next)}?${query.toString()}`;
}

function loginPage({ code, details }: AppError, typed?: string): string {
  const { reason, account } = details.extensions ?? {};
  const query = new URLSearchParams({ error: code });
  if (typeof reason === 'string') query.set('reason', reason);
  const known = typeof account === 'string' ? account : typed;
  if (known) query.set('account', known);
  return `/login?${query.toString()}`;
}
