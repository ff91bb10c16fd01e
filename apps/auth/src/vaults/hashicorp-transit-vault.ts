import { z } from 'zod';
import type { HashicorpClient } from './hashicorp-client';
import { KeyVault } from './key-vault';

/** How long an installation may go on without noticing that the key was rotated in the vault. */
const VERSION_CACHED_MS = 60_000;

const encrypted = z.object({ ciphertext: z.string().regex(/^vault:v\d+:/) });
const decrypted = z.object({ plaintext: z.string() });
const keyInfo = z.object({ latest_version: z.number().int().positive() });

/** Data keys sealed by a key of a HashiCorp Vault's Transit engine (aes256-gcm96), which never leaves it. */
export class HashicorpTransitVault extends KeyVault {
  private latest: { version: number; until: number } | undefined;

  constructor(
    private readonly client: HashicorpClient,
    private readonly mount: string,
    private readonly keyName: string,
  ) {
    super();
  }

  async wrap(key: Buffer, binding: string): Promise<string> {
    const answer = await this.ask('encrypt', { plaintext: key.toString('base64'), ...associated(binding) });
    return encrypted.parse(answer).ciphertext;
  }

  async unwrap(wrapped: string, binding: string): Promise<Buffer> {
    const answer = await this.ask('decrypt', { ciphertext: wrapped, ...associated(binding) });
    return Buffer.from(decrypted.parse(answer).plaintext, 'base64');
  }

  recognises(wrapped: string): boolean {
    return wrapped.startsWith('vault:');
  }

  async isStale(wrapped: string): Promise<boolean> {
    const version = Number(/^vault:v(\d+):/.exec(wrapped)?.[1] ?? 0);
    return version < (await this.latestVersion());
  }

  private async latestVersion(): Promise<number> {
    const now = Date.now();
    if (this.latest && this.latest.until > now) return this.latest.version;
    const path = `${this.mount}/keys/${encodeURIComponent(this.keyName)}`;
    const { latest_version: version } = keyInfo.parse(
      await this.client.request({ method: 'GET', path, repeatable: true }),
    );
    this.latest = { version, until: now + VERSION_CACHED_MS };
    return version;
  }

  private ask(verb: 'encrypt' | 'decrypt', body: object): Promise<unknown> {
    const path = `${this.mount}/${verb}/${encodeURIComponent(this.keyName)}`;
    return this.client.request({ method: 'POST', path, body, repeatable: true });
  }
}

function associated(binding: string): { associated_data: string } {
  return { associated_data: Buffer.from(binding).toString('base64') };
}
