import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { EngineAnswer } from './hashicorp-vault';

const FIELDS = { encrypt: ['plaintext', 'associated_data'], decrypt: ['ciphertext', 'associated_data'] };
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** Vault's Transit engine with one key of type aes256-gcm96. */
export function transitEngine(keyName: string) {
  const versions = [randomBytes(32)];

  function encrypt({ plaintext, associated_data: associated = '' }: Record<string, unknown>): EngineAnswer {
    if (typeof plaintext !== 'string' || !BASE64.test(plaintext)) return bad('failed to base64-decode plaintext');
    const version = versions.length;
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', versions[version - 1] as Buffer, iv);
    cipher.setAAD(Buffer.from(String(associated), 'base64'));
    const body = Buffer.concat([iv, cipher.update(plaintext, 'base64'), cipher.final(), cipher.getAuthTag()]);
    return { status: 200, data: { ciphertext: `vault:v${version}:${body.toString('base64')}`, key_version: version } };
  }

  function decrypt({ ciphertext, associated_data: associated = '' }: Record<string, unknown>): EngineAnswer {
    const [, version, body] = /^vault:v(\d+):([A-Za-z0-9+/=]+)$/.exec(String(ciphertext)) ?? [];
    if (!version || !body) return bad('invalid ciphertext: no prefix');
    const key = versions[Number(version) - 1];
    if (!key) return bad('invalid ciphertext: version is too new');
    const bytes = Buffer.from(body, 'base64');
    try {
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12));
      decipher.setAAD(Buffer.from(String(associated), 'base64'));
      decipher.setAuthTag(bytes.subarray(-16));
      const plaintext = Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]);
      return { status: 200, data: { plaintext: plaintext.toString('base64') } };
    } catch {
      return bad('cipher: message authentication failed');
    }
  }

  return {
    rotate: () => void versions.push(randomBytes(32)),
    answer(method: string, path: string, body: Record<string, unknown>): EngineAnswer {
      const [verb, name] = path.split('/');
      if (name !== keyName) return bad('encryption key not found');
      if (verb === 'keys' && method === 'GET') {
        return { status: 200, data: { name, type: 'aes256-gcm96', latest_version: versions.length } };
      }
      if (verb !== 'encrypt' && verb !== 'decrypt') return { status: 404, errors: [] };
      if (method !== 'POST' && method !== 'PUT') return { status: 405, errors: ['unsupported operation'] };
      const unknown = Object.keys(body).find((field) => !FIELDS[verb].includes(field));
      if (unknown) return bad(`unknown field ${unknown}`);
      return verb === 'encrypt' ? encrypt(body) : decrypt(body);
    },
  };
}

function bad(error: string): EngineAnswer {
  return { status: 400, errors: [error] };
}
