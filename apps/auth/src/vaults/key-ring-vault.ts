import type { KeyRing } from '@snowflow/platform/security/key-ring';
import { KeyVault } from './key-vault';

/** Data keys sealed by the installation's own key ring (SEALING_KEYS). */
export class KeyRingVault extends KeyVault {
  constructor(private readonly ring: KeyRing) {
    super();
  }

  async wrap(key: Buffer, binding: string): Promise<string> {
    return this.ring.seal(key.toString('base64'), binding);
  }

  async unwrap(wrapped: string, binding: string): Promise<Buffer> {
    return Buffer.from(this.ring.open(wrapped, binding), 'base64');
  }

  recognises(wrapped: string): boolean {
    return wrapped.startsWith('v1.');
  }

  async isStale(wrapped: string): Promise<boolean> {
    return this.ring.isStale(wrapped);
  }
}
