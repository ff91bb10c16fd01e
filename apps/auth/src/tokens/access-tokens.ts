import { Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import {
  ACCESS_TOKEN_AUDIENCE,
  ACCESS_TOKEN_ISSUER,
  ACCESS_TOKEN_SECONDS,
  AccessTokenClaims,
} from '@snowflow/contracts/sessions/access-token';
import type { SessionRecord } from '@snowflow/contracts/sessions/session-record';
import type { SigningKey } from './signing-key';

/** Signs access tokens: short-lived, and worth nothing without the session they name. */
@Injectable()
export class AccessTokens {
  constructor(
    private readonly jwt: JwtService,
    private readonly key: SigningKey,
  ) {}

  sign(session: SessionRecord): Promise<string> {
    const claims: Omit<AccessTokenClaims, 'sub'> = {
      sid: session.id,
      tid: session.tenantId,
      ver: session.version,
    };
    return this.jwt.signAsync(claims, {
      privateKey: this.key.pem,
      keyid: this.key.kid,
      algorithm: 'ES256',
      issuer: ACCESS_TOKEN_ISSUER,
      audience: ACCESS_TOKEN_AUDIENCE,
      subject: session.userId,
      expiresIn: ACCESS_TOKEN_SECONDS,
    });
  }
}
