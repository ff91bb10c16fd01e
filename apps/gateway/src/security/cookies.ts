import type { ConnectReply } from '@snowflow/contracts/auth/auth.dto';
import type { FastifyReply, FastifyRequest } from 'fastify';

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

/** Binds an OAuth sign-in to the browser that started it. The provider's redirect comes from another site, so it can't be Strict. */
export const OAUTH_COOKIE = '__Host-snowflow-oauth';
const oauthOptions = { ...options, sameSite: 'lax' } as const;
const OAUTH_SECONDS = 600;

export function setOauthCookie(reply: FastifyReply, binding: string): void {
  void reply.setCookie(OAUTH_COOKIE, binding, { ...oauthOptions, maxAge: OAUTH_SECONDS });
}

export function clearOauthCookie(reply: FastifyReply): void {
  void reply.clearCookie(OAUTH_COOKIE, oauthOptions);
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
