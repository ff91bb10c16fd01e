import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { newId } from '@snowflow/contracts/documents/new-id';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { Sealer } from '@snowflow/contracts/rpc/sealer';
import { ChangeLog, type ChangingPerson } from '../audit/change-log';
import { SEALER } from '../sealer';
import { type WebhookKeyRow, WebhookKeysRepository } from './webhook-keys.repository';

/** Receivers have this long to learn the newer key. */
const OVERLAP_MS = 24 * 3_600_000;

/** A key as its tenant sees it. */
export interface WebhookKey {
  id: string;
  secret: string;
  createdAt: Date;
  /** Of one that was replaced: until when it signs, too. */
  validUntil: Date | null;
}

/** The keys that a tenant's webhooks are signed with; the first is made when it is first needed. */
@Injectable()
export class WebhookKeys {
  constructor(
    private readonly keys: WebhookKeysRepository,
    @Inject(SEALER) private readonly sealer: Sealer,
    private readonly changes: ChangeLog,
  ) {}

  /** The newest first. */
  async valid(tenantId: string): Promise<WebhookKey[]> {
    const found = await this.keys.valid(tenantId);
    const rows = found.length > 0 ? found : await this.keys.begin(this.fresh(tenantId));
    const keys = rows.flatMap((row) => this.opened(row));
    if (keys.length === rows.length) return keys;
    throw new AppError(
      'INTERNAL',
      'A key that webhooks are signed with was sealed by a key of the installation that is gone. An owner replaces it.',
    );
  }

  async rotate(asking: ChangingPerson): Promise<WebhookKey[]> {
    const key = this.fresh(asking.tenantId);
    const object = { kind: 'webhook-key', id: key.id, name: 'Key that webhooks are signed with' };
    const note = this.changes.note(asking, { action: 'webhook-key.rotated', object, after: { overlapMs: OVERLAP_MS } });
    const rows = await this.keys.rotate(key, OVERLAP_MS, note);
    return rows.flatMap((row) => this.opened(row));
  }

  private fresh(tenantId: string) {
    const secret = `whk_${randomBytes(32).toString('base64url')}`;
    return { tenant_id: tenantId, id: newId('whk'), sealed_key: this.sealer.seal(secret, binding(tenantId)) };
  }

  /** Nothing where the installation's key that sealed it is gone. */
  private opened({ id, tenant_id: tenantId, sealed_key, created_at, retires_at }: WebhookKeyRow): WebhookKey[] {
    try {
      const secret = this.sealer.open(sealed_key, binding(tenantId));
      return [{ id, secret, createdAt: created_at, validUntil: retires_at }];
    } catch {
      return [];
    }
  }
}

const binding = (tenantId: string) => `${tenantId}|webhook-key`;
