import { JwtService } from '@nestjs/jwt';
import { EMBED_TOKEN_AUDIENCE, type EmbedTokenClaims } from '@snowflow/contracts/embed/embed-token';
import { ACCESS_TOKEN_AUDIENCE, ACCESS_TOKEN_ISSUER } from '@snowflow/contracts/sessions/access-token';
import type { SessionRecord } from '@snowflow/contracts/sessions/session-record';
import { createHmac, generateKeyPairSync, KeyObject } from 'node:crypto';

interface Oddities {
  key?: KeyObject;
  kid?: string;
  issuer?: string;
  audience?: string;
  expiresIn?: number;
}

/** Makes access tokens as auth does, and wrong ones. */
export class TokenMint {
  private readonly pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  private readonly jwt = new JwtService({});

  private readonly nextPair = generateKeyPairSync('ec', { namedCurve: 'P-256' });

  /** Will sign once the keys are changed. */
  get nextKey(): KeyObject {
    return this.nextPair.privateKey;
  }

  publicKeys(): string {
    const jwk = (key: KeyObject, kid: string) => ({ ...key.export({ format: 'jwk' }), kid, alg: 'ES256' });
    return JSON.stringify({ keys: [jwk(this.pair.publicKey, 'test'), jwk(this.nextPair.publicKey, 'next')] });
  }

  tokenOf(session: SessionRecord, odd: Oddities = {}): string {
    const key = odd.key ?? this.pair.privateKey;
    return this.jwt.sign(
      { sid: session.id, tid: session.tenantId, ver: session.version },
      {
        privateKey: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
        algorithm: 'ES256',
        keyid: odd.kid ?? 'test',
        issuer: odd.issuer ?? ACCESS_TOKEN_ISSUER,
        audience: odd.audience ?? ACCESS_TOKEN_AUDIENCE,
        subject: session.userId,
        expiresIn: odd.expiresIn ?? 900,
      },
    );
  }

  /** An embed token, as auth signs it. */
  embedTokenOf(claims: Omit<EmbedTokenClaims, 'jti'>, odd: Pick<Oddities, 'audience' | 'expiresIn'> = {}): string {
    return this.jwt.sign(claims, {
      privateKey: this.pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      algorithm: 'ES256',
      keyid: 'test',
      issuer: ACCESS_TOKEN_ISSUER,
      audience: odd.audience ?? EMBED_TOKEN_AUDIENCE,
      jwtid: 'et_1',
      expiresIn: odd.expiresIn ?? 60,
    });
  }

  /** Signed with the public key as if it were a shared secret. */
  symmetric(session: SessionRecord): string {
    const secret = this.pair.publicKey.export({ type: 'spki', format: 'pem' }).toString();
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const claims = { sub: session.userId, sid: session.id, tid: session.tenantId, ver: session.version };
    const payload = { ...claims, exp: Date.now(), iss: ACCESS_TOKEN_ISSUER, aud: ACCESS_TOKEN_AUDIENCE };
    const signed = `${part({ alg: 'HS256', typ: 'JWT', kid: 'test' })}.${part(payload)}`;
    return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
  }

  /** What an attacker makes without any key. */
  unsigned(session: SessionRecord): string {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const claims = {
      sub: session.userId,
      sid: session.id,
      tid: session.tenantId,
      ver: session.version,
      exp: Date.now(),
    };
    return `${part({ alg: 'none', typ: 'JWT', kid: 'test' })}.${part({ ...claims, iss: ACCESS_TOKEN_ISSUER, aud: ACCESS_TOKEN_AUDIENCE })}.`;
  }
}
