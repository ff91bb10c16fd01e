import { Injectable, Logger } from '@nestjs/common';
import { newDataKey, openByDataKey, sealByDataKey } from '@snowflow/platform/security/data-key';
import { KeyVault } from '../vaults/key-vault';
import { TenantKeysRepository } from './tenant-keys.repository';

const CACHED_MS = 300_000;
const CACHED_KEYS = 1_000;

interface CachedKey {
  key: Promise<Buffer>;
  until: number;
}

/**
 * Seals what a tenant entrusts to SnowFlow, by a data key of its own, bound to tenant and purpose (such as `credential:<id>`). The data
 * key rests in Postgres, wrapped by the key vault; opened ones are remembered for five minutes.
 */
@Injectable()
export class TenantSecrets {
  private readonly logger = new Logger(TenantSecrets.name);
  private readonly cache = new Map<string, CachedKey>();

  constructor(
    private readonly keys: TenantKeysRepository,
    private readonly vault: KeyVault,
  ) {}

  /** The tenant must be known already (`auth.tenants`): deleting it deletes its key, and with it all that was sealed. */
  async seal(tenantId: string, purpose: string, plaintext: string): Promise<string> {
    return sealByDataKey(await this.dataKey(tenantId), plaintext, binding(tenantId, purpose));
  }

  /** Throws where the text was changed, or was sealed for another tenant or purpose. */
  async open(tenantId: string, purpose: string, sealed: string): Promise<string> {
    return openByDataKey(await this.dataKey(tenantId), sealed, binding(tenantId, purpose));
  }

  /** Wraps the tenant's data key anew where an older key wrapped it; answers whether it did. What it sealed stays as it is. */
  async reseal(tenantId: string): Promise<boolean> {
    const wrapped = await this.keys.find(tenantId);
    if (wrapped === undefined || !(await this.vault.isStale(wrapped))) return false;
    await this.wrapAnew(tenantId, wrapped, await this.vault.unwrap(wrapped, keyBinding(tenantId)));
    return true;
  }

  private dataKey(tenantId: string): Promise<Buffer> {
    const now = Date.now();
    const cached = this.cache.get(tenantId);
    if (cached && cached.until > now) return cached.key;
    this.forgetOld(now);
    const entry = { key: this.load(tenantId), until: now + CACHED_MS };
    this.cache.set(tenantId, entry);
    // Who waits for the key hears of the failure; the next one tries again.
    entry.key.catch(() => {
      if (this.cache.get(tenantId) === entry) this.cache.delete(tenantId);
    });
    return entry.key;
  }

  private async load(tenantId: string): Promise<Buffer> {
    const wrapped = (await this.keys.find(tenantId)) ?? (await this.make(tenantId));
    const key = await this.vault.unwrap(wrapped, keyBinding(tenantId));
    await this.refresh(tenantId, wrapped, key);
    return key;
  }

  private async make(tenantId: string): Promise<string> {
    return this.keys.insert(tenantId, await this.vault.wrap(newDataKey(), keyBinding(tenantId)));
  }

  /** On reading. The key is open already, so that it can't be wrapped anew just now must not stop who asked. */
  private async refresh(tenantId: string, wrapped: string, key: Buffer): Promise<void> {
    try {
      if (await this.vault.isStale(wrapped)) await this.wrapAnew(tenantId, wrapped, key);
    } catch {
      this.logger.warn(
        { tenantId },
        'A data key is still sealed by an older key and will be sealed anew when next read',
      );
    }
  }

  private async wrapAnew(tenantId: string, wrapped: string, key: Buffer): Promise<void> {
    await this.keys.replace(tenantId, wrapped, await this.vault.wrap(key, keyBinding(tenantId)));
  }

  /** Entries stand in the order of their age. */
  private forgetOld(now: number): void {
    for (const [tenantId, { until }] of this.cache) {
      if (until > now && this.cache.size < CACHED_KEYS) return;
      this.cache.delete(tenantId);
    }
  }
}

/** JSON, so that no tenant and purpose can be spelled as another pair. */
function binding(tenantId: string, purpose: string): string {
  return JSON.stringify([tenantId, purpose]);
}

function keyBinding(tenantId: string): string {
  return binding(tenantId, 'data-key');
}
