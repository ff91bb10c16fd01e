import { Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { EMBED_TOKEN_AUDIENCE, type EmbedTokenClaims } from '@snowflow/contracts/embed/embed-token';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { ACCESS_TOKEN_ISSUER } from '@snowflow/contracts/sessions/access-token';
import type { FastifyRequest } from 'fastify';
import { PublicKeys } from '../security/public-keys';
import { RefusedRequests } from '../throttling/refused-requests';

/** What a token says, and when it ends in seconds since the epoch. */
export type EmbedViewer = EmbedTokenClaims & { exp: number };

/** A request after the guard of embed tokens. */
export type EmbedRequest = FastifyRequest & { embedViewer?: EmbedViewer };

/** Who looks at something embedded, by a bearer token alone: cookies count for nothing here. */
@Injectable()
export class EmbedViewers {
  private readonly jwt = new JwtService({});

  constructor(
    private readonly keys: PublicKeys,
    private readonly refused: RefusedRequests,
  ) {}

  /** Throws EMBED_TOKEN_EXPIRED, and UNAUTHENTICATED for whatever else is no embed token. */
  async verify(request: FastifyRequest): Promise<EmbedViewer> {
    const token = /^Bearer +([^\s]+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
    try {
      const publicKey = this.keyOf(token);
      return await this.jwt.verifyAsync<EmbedViewer>(token, {
        publicKey,
        algorithms: ['ES256'],
        issuer: ACCESS_TOKEN_ISSUER,
        audience: EMBED_TOKEN_AUDIENCE,
      });
    } catch (error) {
      if (error instanceof Error && error.name === 'TokenExpiredError') {
        throw new AppError('EMBED_TOKEN_EXPIRED', 'The embed token has expired. The page that embeds gets a new one.');
      }
      await this.refused.count(request.ip);
      throw new AppError('UNAUTHENTICATED', 'The embed token is missing or wrong. Ask SnowFlow for a new one.');
    }
  }

  private keyOf(token: string): string {
    const { header } = this.jwt.decode<{ header?: { kid?: unknown } } | null>(token, { complete: true }) ?? {};
    const key = this.keys.find(header?.kid);
    if (!key) throw new Error('Signed by an unknown key');
    return key.export({ type: 'spki', format: 'pem' }).toString();
  }
}
