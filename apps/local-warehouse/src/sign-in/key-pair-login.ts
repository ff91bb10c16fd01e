import { createHash, createPublicKey, verify } from 'node:crypto';
import type { Account } from '../accounts/account';
import type { Person } from '../accounts/person';
import { wrongKey } from './login-refusals';

interface Claims {
  iss?: unknown;
  sub?: unknown;
  exp?: unknown;
}

/** A JWT signed with the private half of a key of the user: issuer `ACCOUNT.USER.SHA256:fingerprint`, subject `ACCOUNT.USER`. */
export function keyOwner(account: Account, jwt: string | undefined): Person {
  const [header = '', payload = '', signature = ''] = (jwt ?? '').split('.');
  const claims = readClaims(payload);
  const [, userName = '', fingerprint = ''] = /^[^.]+\.(.+)\.(SHA256:.+)$/.exec(String(claims.iss)) ?? [];
  const person = account.person(userName);
  if (!person) throw wrongKey('JWT_TOKEN_INVALID_USER_IN_ISSUER');
  const der = Object.values(person.publicKeys).find((key) => fingerprintOf(key) === fingerprint);
  if (!der) throw wrongKey('JWT_TOKEN_INVALID_PUBLIC_KEY_FINGERPRINT_MISMATCH');
  const key = createPublicKey({ key: Buffer.from(der, 'base64'), format: 'der', type: 'spki' });
  const signed = Buffer.from(`${header}.${payload}`);
  if (!verify('sha256', signed, key, Buffer.from(signature, 'base64url')))
    throw wrongKey('JWT_TOKEN_INVALID_SIGNATURE');
  // The driver writes seconds; its documentation once said milliseconds.
  const expiresAt = Number(claims.exp);
  if ((expiresAt > 1e11 ? expiresAt : expiresAt * 1000) <= Date.now()) throw wrongKey('JWT_TOKEN_EXPIRED');
  return person;
}

/** As DESCRIBE USER shows it. */
export const fingerprintOf = (key: string): string =>
  `SHA256:${createHash('sha256').update(Buffer.from(key, 'base64')).digest('base64')}`;

function readClaims(payload: string): Claims {
  try {
    return JSON.parse(Buffer.from(payload, 'base64url').toString()) as Claims;
  } catch {
    throw wrongKey('JWT_TOKEN_INVALID');
  }
}
