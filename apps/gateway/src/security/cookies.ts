import type { ConnectReply } from '@snowflow/contracts/auth/auth.dto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { createHash } from 'node:crypto';

export const ACCESS_COOKIE = '__Host-snowflow';
export const REFRESH_COOKIE = '__Host-snowflow-refresh';

/** `__Host-` binds a cookie to this very host: it demands Secure, Path=/ and no Domain. */
const options = { path: '/', secure: true, httpOnly: true, sameSite: 'strict' } as const;

export function setTokenCookies(reply: FastifyReply, tokens: Required<ConnectReply>): void {
  const leftSeconds = Math.max(0, Math.floor((Date.parse(tokens.session.expiresAt) - Date.now()) / 1000));
  void reply.setCookie(ACCESS_COOKIE, tokens.accessToken, { ...options, maxAge: tokens.expiresIn });
  void reply.setCookie(REFRESH_COOKIE, tokens.refreshToken, { ...options, maxAge: leftSeconds });
}

export function clearTokenCookies(reply: FastifyReply): void {
  void reply.clearCookie(ACCESS_COOKIE, options);
  void reply.clearCookie(REFRESH_COOKIE, options);
}

/**
 * Binds an OAuth sign-in to the browser that started it. The provider's redirect comes from another site, so it can't be Strict. Each
 * attempt has its own, named by its state: tabs that sign in at the same time leave each other alone.
 */
const oauthCookie = (state: string) =>
  `__Host-snowflow-oauth-${createHash('sha256').update(state).digest('hex').slice(0, 16)}`;
const oauthOptions = { ...options, sameSite: 'lax' } as const;
const OAUTH_SECONDS = 600;

/** `authorizeUrl` carries the state of the attempt. */
export function setOauthCookie(reply: FastifyReply, authorizeUrl: string, binding: string): void {
  const state = new URL(authorizeUrl).searchParams.get('state') ?? '';
  void reply.setCookie(oauthCookie(state), binding, { ...oauthOptions, maxAge: OAUTH_SECONDS });
}

/** The binding of that attempt alone, which is cleared: it is good once. */
export function takeOauthCookie(request: FastifyRequest, reply: FastifyReply, state: string): string | undefined {
  const name = oauthCookie(state);
  const binding = request.cookies[name];
  if (binding !== undefined) void reply.clearCookie(name, oauthOptions);
  return binding;
}

/** The access token of a request: the header where there is one, else the cookie. */
export function accessTokenOf(request: FastifyRequest): string | null {
  const { authorization } = request.headers;
  if (authorization !== undefined) return /^Bearer +([^\s]+)$/i.exec(authorization)?.[1] ?? null;
  return request.cookies[ACCESS_COOKIE] ?? null;
}

/** Whether the browser, not the program, said who it is: then the request must prove where it comes from. */
export function speaksByCookie(request: FastifyRequest): boolean {
  if (request.headers.authorization !== undefined) return false;
  return request.cookies[ACCESS_COOKIE] !== undefined || request.cookies[REFRESH_COOKIE] !== undefined;
}
