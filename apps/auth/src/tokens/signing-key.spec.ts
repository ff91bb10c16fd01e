import { JwtService } from '@nestjs/jwt';
import type { SessionRecord } from '@snowflow/contracts/sessions/session-record';
import { createPublicKey, generateKeyPairSync, JsonWebKey } from 'node:crypto';
import { jwksOf } from '@snowflow/platform/launch/signing-keys';
import { AccessTokens } from './access-tokens';
import { readSigningKey } from './signing-key';

const makePem = (namedCurve = 'P-256') =>
  generateKeyPairSync('ec', { namedCurve }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const session = { id: 'ses_1', tenantId: 'ten_1', userId: 'usr_1', version: 3 } as SessionRecord;
const sign = (privateKeys: string) => new AccessTokens(new JwtService({}), readSigningKey(privateKeys)).sign(session);

/** As a gateway with these public keys does. */
async function verify(token: string, jwks: string): Promise<object> {
  const { keys } = JSON.parse(jwks) as { keys: (JsonWebKey & { kid: string })[] };
  const { header } = new JwtService({}).decode<{ header: { kid: string } }>(token, { complete: true });
  const key = keys.find(({ kid }) => kid === header.kid);
  if (!key) throw new Error(`No key ${header.kid}`);
  const publicKey = createPublicKey({ key, format: 'jwk' }).export({ type: 'spki', format: 'pem' }).toString();
  return new JwtService({}).verifyAsync(token, { publicKey, algorithms: ['ES256'] });
}

describe('The keys of access tokens', () => {
  it('may be several, and the first signs', async () => {
    const [first, second] = [makePem(), makePem()];
    expect(readSigningKey(first + second)).toEqual(readSigningKey(first));
    expect(readSigningKey(`${second}\n${first}`)).toEqual(readSigningKey(second));
    expect(await verify(await sign(first + second), jwksOf(first))).toMatchObject({ sid: 'ses_1', ver: 3 });
  });

  it('are written as env files do too', () => {
    const pem = makePem();
    expect(readSigningKey(pem.replaceAll('\n', '\\n'))).toEqual(readSigningKey(pem));
  });

  it('are P-256, each of them, or nothing starts', () => {
    expect(() => readSigningKey('')).toThrow('no PEM');
    expect(() => readSigningKey(makePem() + makePem('P-384'))).toThrow('not EC P-256');
  });

  it('change without a moment in which a token that is still good is refused', async () => {
    const [old, next] = [makePem(), makePem()];
    const beforeRotation = await sign(old);
    // First the new public key is told everywhere, while the old one signs.
    const both = jwksOf(old + next);
    expect(await verify(await sign(old + next), both)).toMatchObject({ sid: 'ses_1' });
    // Then the new one signs; tokens of the old one are good for as long as they last.
    const afterwards = await sign(next + old);
    expect(await verify(beforeRotation, both)).toMatchObject({ sid: 'ses_1' });
    expect(await verify(afterwards, both)).toMatchObject({ sid: 'ses_1' });
    // Last the old one goes, and what it signed with it.
    expect(await verify(afterwards, jwksOf(next))).toMatchObject({ sid: 'ses_1' });
    await expect(verify(beforeRotation, jwksOf(next))).rejects.toThrow('No key');
  });
});
