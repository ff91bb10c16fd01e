import type { ConnectReply } from '@snowflow/contracts/auth/auth.dto';
import type { FastifyReply } from 'fastify';
import { setTokenCookies } from '../security/cookies';

/** Tokens as the caller gets them: cookies for browsers, and the refresh token in the body only for who asked. */
export function answerTokens(
  tokens: Required<ConnectReply>,
  reply: FastifyReply,
  withRefreshToken: boolean,
): ConnectReply {
  setTokenCookies(reply, tokens);
  void reply.header('cache-control', 'no-store');
  const { refreshToken, ...visible } = tokens;
  return withRefreshToken ? { ...visible, refreshToken } : visible;
}
