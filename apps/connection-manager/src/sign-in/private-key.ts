import { createPrivateKey } from 'node:crypto';
import { loginRefused } from '../errors/login-refused';

const PEM = /-----BEGIN ([A-Z ]+)-----/;

/**
 * The key as PKCS#8 without a passphrase, for the driver. Says what is wrong with it before Snowflake is asked: unreadable, encrypted
 * without a passphrase, a wrong passphrase, not RSA.
 */
export function readPrivateKey(pem: string, passphrase: string | undefined): string {
  const kind = PEM.exec(pem)?.[1];
  if (!kind?.endsWith('PRIVATE KEY')) throw loginRefused('KEY_UNREADABLE');
  const isEncrypted = kind.startsWith('ENCRYPTED') || /^Proc-Type: 4,ENCRYPTED$/m.test(pem);
  if (isEncrypted && !passphrase) throw loginRefused('KEY_ENCRYPTED');
  try {
    const key = createPrivateKey({ key: pem, format: 'pem', passphrase: isEncrypted ? passphrase : undefined });
    if (key.asymmetricKeyType !== 'rsa') throw new Error('Snowflake takes RSA keys');
    return key.export({ type: 'pkcs8', format: 'pem' }).toString();
  } catch {
    throw loginRefused(isEncrypted ? 'PASSPHRASE_WRONG' : 'KEY_UNREADABLE');
  }
}
