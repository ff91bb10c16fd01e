import { BeforeApplicationShutdown, Inject, Injectable, Logger, OnApplicationBootstrap } from '@nestjs/common';
import { DATABASE } from '@snowflow/platform/postgres/postgres.module';
import { Kysely, sql } from 'kysely';
import { AUTH_SCHEMA } from '../storage/migrations';
import { setTimeout as delay } from 'node:timers/promises';
import type { SecretTables } from './secrets.tables';
import { TenantSecrets } from './tenant-secrets';

/** Any number does, as long as nothing else here locks it. */
const ROTATION_LOCK = 5_190_418;
const PAGE = 500;
const LOCK_EVERY_MS = 500;

/** How a round went: keys that are current by now, and those that could not be sealed anew. */
export interface RotationRound {
  resealed: number;
  failed: number;
}

/**
 * After a start, seals every data key anew that an older key sealed, so that the older one can be taken away. Replicas do so one after the
 * other: only the last to start with a new ring can tell that none is left that an older one sealed meanwhile.
 */
@Injectable()
export class KeyRotation implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(KeyRotation.name);
  private readonly stopping = new AbortController();
  private round: Promise<unknown> = Promise.resolve();

  constructor(
    @Inject(DATABASE) private readonly database: Kysely<SecretTables>,
    private readonly secrets: TenantSecrets,
  ) {}

  onApplicationBootstrap(): void {
    this.round = this.run().catch((error: unknown) => {
      if (this.stopping.signal.aborted) return;
      const name = error instanceof Error ? error.name : 'Error';
      this.logger.warn({ name }, 'Data keys were not looked through; keep the older keys in SEALING_KEYS');
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.round;
  }

  run(): Promise<RotationRound> {
    return this.database.connection().execute(async (connection) => {
      await this.takeLock(connection);
      try {
        return await this.resealAll(connection);
      } finally {
        await sql`SELECT pg_advisory_unlock(${ROTATION_LOCK})`.execute(connection);
      }
    });
  }

  /** Asks again and again, not waiting within Postgres, so that a stop need not wait for another replica. */
  private async takeLock(connection: Kysely<SecretTables>): Promise<void> {
    for (;;) {
      const { rows } = await sql<{ taken: boolean }>`
        SELECT pg_try_advisory_lock(${ROTATION_LOCK}) AS taken`.execute(connection);
      if (rows[0]?.taken) return;
      await delay(LOCK_EVERY_MS, undefined, { signal: this.stopping.signal });
    }
  }

  private async resealAll(connection: Kysely<SecretTables>): Promise<RotationRound> {
    const round = { resealed: 0, failed: 0 };
    let after = '';
    for (;;) {
      const tenants = await tenantsAfter(connection, after);
      for (const tenantId of tenants) {
        if (this.stopping.signal.aborted) return round;
        try {
          if (await this.secrets.reseal(tenantId)) round.resealed += 1;
        } catch {
          round.failed += 1;
        }
      }
      after = tenants.at(-1) ?? '';
      if (tenants.length < PAGE) break;
    }
    if (round.failed > 0) {
      this.logger.warn(round, 'Some data keys could not be sealed anew; keep the older keys in SEALING_KEYS');
    } else this.logger.log(round, 'Every data key is sealed by the current key');
    return round;
  }
}

function tenantsAfter(connection: Kysely<SecretTables>, after: string): Promise<string[]> {
  return connection.transaction().execute(async (transaction) => {
    // Opens, for reading, the one policy that lets a row of every tenant be seen.
    await sql`SELECT set_config('app.key_rotation', 'on', true)`.execute(transaction);
    const rows = await transaction
      .withSchema(AUTH_SCHEMA)
      .selectFrom('tenant_keys')
      .select('tenant_id')
      .where('tenant_id', '>', after)
      .orderBy('tenant_id')
      .limit(PAGE)
      .execute();
    return rows.map(({ tenant_id }) => tenant_id);
  });
}
