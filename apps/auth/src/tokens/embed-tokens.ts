import { Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { newId } from '@snowflow/contracts/documents/new-id';
import { EMBED_TOKEN_AUDIENCE, type EmbedTokenClaims } from '@snowflow/contracts/embed/embed-token';
import { ACCESS_TOKEN_ISSUER } from '@snowflow/contracts/sessions/access-token';
import type { SigningKey } from './signing-key';

/** Signs embed tokens: no session stands behind one, so its short life is its only end. */
@Injectable()
export class EmbedTokens {
  constructor(
    private readonly jwt: JwtService,
    private readonly key: SigningKey,
  ) {}

  async sign(claims: Omit<EmbedTokenClaims, 'jti'>, ttlSeconds: number): Promise<{ token: string; expiresAt: string }> {
    const exp = Math.floor(Date.now() / 1000) + ttlSeconds;
    const token = await this.jwt.signAsync(
      { ...claims, exp },
      {
        privateKey: this.key.pem,
        keyid: this.key.kid,
        algorithm: 'ES256',
        issuer: ACCESS_TOKEN_ISSUER,
        audience: EMBED_TOKEN_AUDIENCE,
        jwtid: newId('et'),
      },
    );
    return { token, expiresAt: new Date(exp * 1000).toISOString() };
  }
}
