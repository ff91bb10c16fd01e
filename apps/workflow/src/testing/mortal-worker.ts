import 'reflect-metadata';
import { AsyncLocalStorage } from 'node:async_hooks';
import { once, setMaxListeners } from 'node:events';
import { Injectable } from '@nestjs/common';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { Message, Sent } from '@snowflow/nodes/kit/action-node';
import { KeyRing } from '@snowflow/platform/security/key-ring';
import { Pool } from 'pg';
import { type HeldRun, type RunChange, RunRecordRepository } from '../execution/run-record.repository';
import { Deliveries, type Origin, TRIES } from '../notifications/deliveries';
import { type Delivery, Notifier, type Sending } from '../notifications/notifier';
import { WebhookNotifier } from '../notifications/notifier.webhook';
import { WorkerModule } from '../worker.module';
import { itemsOf, NOT_SENT } from './calls-oracle';
import { nodeAt } from './killed-run';
import { NOTHING_OUT, openWithPretended } from './pretended-neighbours';
import { PretendRows } from './pretend-rows';
import { PretendSnowflake } from './pretend-snowflake';
import { fateOf, type ScriptedWorkflow } from './random-calls';

/** What a worker is told that is to die. */
export interface MortalLife {
  name: string;
  databaseUrl: string;
  redisUrl: string;
  sealingKeys: string;
  concurrency: number;
  /** It kills itself, as `kill -9` does, at the so manieth of its acts: before or after a message leaves or something is stored. */
  acts: number | null;
}

const origins = new AsyncLocalStorage<Origin>();
let left = Infinity;
let pool: Pool | undefined;

/** A moment at which it may die. */
function act(): void {
  left -= 1;
  if (left <= 0) void die();
}

/** A message whose last try is under way would be given up with it, which no oracle can foretell: it dies at the next moment then. */
async function die(): Promise<void> {
  const { rows } = await (pool as Pool).query(
    `SELECT 1 FROM workflow.effects WHERE state = 'sent' AND attempts % ${TRIES} = 0 LIMIT 1`,
  );
  if (rows.length === 0) process.kill(process.pid, 'SIGKILL');
}

@Injectable()
class MortalDeliveries extends Deliveries {
  override deliver(message: Message, origin: Origin, signal: AbortSignal): Promise<Sent> {
    return origins.run(origin, () => super.deliver(message, origin, signal));
  }
}

@Injectable()
class MortalRecords extends RunRecordRepository {
  override async write(run: HeldRun, change: RunChange): Promise<number | undefined> {
    act();
    const written = await super.write(run, change);
    act();
    return written;
  }
}

/** Messages arrive in a table, which tells whether their step had ended before. */
class ScriptedReceiver extends Notifier {
  readonly isRepeatable = true;
  private readonly scripts = new Map<string, ScriptedWorkflow>();

  constructor(private readonly pool: Pool) {
    super();
  }

  check(): void {}

  async send(message: Message, { key }: Sending): Promise<Delivery> {
    const { runId, step, attempt } = origins.getStore() as Origin;
    const node = nodeAt(await this.scriptOf(runId), step);
    act();
    if (attempt <= (fateOf(node?.failing ?? [], step) ?? 0)) {
      return { state: 'failed', error: new AppError('OUTCOME_UNKNOWN', NOT_SENT.message), again: false };
    }
    await this.pool.query(
      `INSERT INTO spec.sent (run_id, place, key, had_ended) SELECT $1, $2, $3,
         EXISTS (SELECT 1 FROM workflow.step_outcomes WHERE run_id = $1 AND (step = $2 OR starts_with($2, step || '/')))
         OR EXISTS (SELECT 1 FROM workflow.effects WHERE run_id = $1 AND step = $2 AND state = 'succeeded')`,
      [runId, step, key],
    );
    act();
    const at = message.channel === 'webhook' ? String(JSON.parse(message.body)) : '';
    return { state: 'succeeded', response: { rejected: itemsOf(at, node?.items ?? 0) } };
  }

  private async scriptOf(runId: string): Promise<ScriptedWorkflow> {
    const known = this.scripts.get(runId);
    if (known) return known;
    const { rows } = await this.pool.query<{ script: ScriptedWorkflow }>(
      'SELECT script FROM spec.scripts WHERE run_id = $1',
      [runId],
    );
    const [{ script } = { script: { name: '', nodes: [] } }] = rows;
    this.scripts.set(runId, script);
    return script;
  }
}

/** A worker of the real kind in a process of its own, whose messages are scripted; told how to live by its parent. */
async function live({ acts, concurrency, name, databaseUrl, redisUrl, sealingKeys }: MortalLife): Promise<void> {
  // As a worker sets it.
  setMaxListeners(0);
  const snowflake = new PretendSnowflake();
  const receiving = (pool = new Pool({ connectionString: databaseUrl, max: 4 }));
  const module = WorkerModule.forRoot(
    {
      redisUrl,
      store: { url: databaseUrl, applicationName: name, poolSize: 8 },
      sealer: new KeyRing(sealingKeys),
      places: { perTenant: 1_000, perWorkflow: 1_000, perWarehouse: 1_000 },
    },
    { name, concurrency, leaseMs: 15_000, drainTimeoutMs: 0, risesAfterSeconds: 120, maxAttempts: 1_000 },
    { everyMs: 3_600_000, runDays: 90, trashDays: 30 },
    { rowsOrigins: [], notifications: NOTHING_OUT, egress: NOTHING_OUT, outside: NOTHING_OUT },
  );
  left = acts ?? Infinity;
  await openWithPretended(module, snowflake, new PretendRows(snowflake), (builder) =>
    builder
      .overrideProvider(Deliveries)
      .useClass(MortalDeliveries)
      .overrideProvider(RunRecordRepository)
      .useClass(MortalRecords)
      .overrideProvider(WebhookNotifier)
      .useValue(new ScriptedReceiver(receiving)),
  );
  process.send?.('ready');
}

// Without its parent nobody waits for it.
process.once('disconnect', () => process.exit(0));
void once(process, 'message').then(([life]) => live(life as MortalLife));
