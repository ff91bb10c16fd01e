import type { MetadataRows } from '@snowflow/contracts/connections/connections.dto';
import type { Sealer } from '@snowflow/contracts/rpc/sealer';
import type { Redis } from 'ioredis';
import { createHash } from 'node:crypto';
import type { Eyes } from './current-session';

const MAX_ENTRIES = 1000;
const MAX_TEXT = 1_000_000;

interface Entry {
  untilMs: number;
  rows: MetadataRows;
}

const keyOf = (session: Eyes) => `snowflow:catalog:${session.tenantId}:${session.id}`;
const bindingOf = (session: Eyes) => `${session.tenantId}|${session.id}|catalog`;

/**
 * What Snowflake said about names and columns, for one session and the roles it had: sealed, since comments may tell much, and short-lived.
 * Rows of data are never here.
 */
export class MetadataCache {
  constructor(
    private readonly redis: Redis,
    private readonly sealer: Sealer,
    private readonly lifeSeconds: number,
  ) {}

  async find(session: Eyes, sql: string): Promise<MetadataRows | undefined> {
    const sealed = await this.redis.hget(keyOf(session), fieldOf(session, sql));
    const entry = sealed === null ? undefined : this.open(sealed, session);
    return entry && entry.untilMs > Date.now() ? entry.rows : undefined;
  }

  async keep(session: Eyes, sql: string, rows: MetadataRows): Promise<void> {
    const entry: Entry = { untilMs: Date.now() + this.lifeSeconds * 1000, rows };
    const text = JSON.stringify(entry);
    if (this.lifeSeconds === 0 || text.length > MAX_TEXT) return;
    const key = keyOf(session);
    if ((await this.redis.hlen(key)) >= MAX_ENTRIES) await this.redis.del(key);
    const sealed = this.sealer.seal(text, bindingOf(session));
    await this.redis.multi().hset(key, fieldOf(session, sql), sealed).expire(key, this.lifeSeconds).exec();
  }

  /** Forgets all of a session, whatever its role was. */
  async forget(session: Eyes): Promise<void> {
    await this.redis.del(keyOf(session));
  }

  /** An entry of an older key or form is as good as none. */
  private open(sealed: string, session: Eyes): Entry | undefined {
    try {
      return JSON.parse(this.sealer.open(sealed, bindingOf(session))) as Entry;
    } catch {
      return undefined;
    }
  }
}

function fieldOf({ context }: Eyes, sql: string): string {
  const { role, secondaryRoles } = context;
  return createHash('sha256')
    .update(JSON.stringify([role, secondaryRoles, sql]))
    .digest('base64url');
}
