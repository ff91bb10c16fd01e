import { JwtService } from '@nestjs/jwt';
import { ACCESS_TOKEN_AUDIENCE, ACCESS_TOKEN_ISSUER } from '@snowflow/contracts/sessions/access-token';
import type { SessionRecord } from '@snowflow/contracts/sessions/session-record';
import { generateKeyPairSync, KeyObject } from 'node:crypto';

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

  publicKeys(): string {
    return JSON.stringify({ keys: [{ ...this.pair.publicKey.export({ format: 'jwk' }), kid: 'test', alg: 'ES256' }] });
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
