import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { newId } from '@snowflow/contracts/documents/new-id';
import type { RunView } from '@snowflow/contracts/workflow/workflow.dto';
import { KeyRing } from '@snowflow/platform/security/key-ring';
import { buildRoot, childEnv } from '@snowflow/testing/env';
import { sql } from 'kysely';
import { Pool } from 'pg';
import { WorkflowStore } from '../database/workflow-store';
import { describe as described } from '../execution/sealed-failure';
import { decidedSteps, type StoredOutcome } from '../execution/sealed-outcome';
import { RunWaker } from '../queue/run-waker';
import { RunsRepository } from '../runs/runs.repository';
import { sealPlan } from '../runs/sealed-run';
import { endsOf } from './calls-ends';
import type { Expected } from './calls-oracle';
import { nodeAt } from './killed-run';
import type { MortalLife } from './mortal-worker';
import { fateOf, pinned, type ScriptedWorkflow } from './random-calls';
import { RunPilot } from './run-pilot';
import type { Person, WorkflowBench } from './workflow-bench';

/** More runs than a worker has at once wait for the next one. */
const AT_ONCE = 32;
const LOOK_EVERY_MS = 50;
const CONTEXT = { role: 'ANALYST', secondaryRoles: 'NONE' as const, warehouse: 'WH', database: null, schema: null };
const PLACES = { perTenant: 1_000, perWorkflow: 1_000, perWarehouse: 1_000 };

/** Runs of scripted workflows on a bench, done by worker processes that are killed one after the other. */
export class MortalRuns {
  /** The runs that a worker had when it was killed, each so often. */
  readonly killed = new Map<string, number>();
  lives = 0;
  private readonly store: WorkflowStore;
  private readonly pilot: RunPilot;
  private readonly sealer: KeyRing;
  private readonly owner: Pool;

  private constructor(
    private readonly bench: WorkflowBench,
    private readonly runner: Person,
    private readonly boss: Person,
    readonly scripts: ReadonlyMap<string, ScriptedWorkflow>,
  ) {
    this.store = bench.service.get(WorkflowStore);
    this.pilot = new RunPilot(bench, runner);
    this.sealer = new KeyRing(bench.sealingKeys);
    this.owner = new Pool({ connectionString: bench.databaseUrl, max: 2 });
  }

  /** Accepts a run of each. */
  static async of(bench: WorkflowBench, scripts: readonly ScriptedWorkflow[]): Promise<MortalRuns> {
    const runner = await bench.signIn();
    const boss = await bench.signIn(runner.tenantId, { role: 'R' }, { username: 'BOSS' });
    const runs = new MortalRuns(bench, runner, boss, new Map(scripts.map((script) => [newId('run'), script])));
    await runs.accept();
    return runs;
  }

  /** Brings all to their ends; each worker dies after as many acts as it is given, the last one when nothing is left. */
  async toTheirEnds(acts: () => number): Promise<void> {
    const stopped = new AbortController();
    const deciding = this.decideOnAndOn(stopped.signal);
    try {
      while (await this.isAnyLeft()) await this.live(acts());
    } finally {
      stopped.abort();
      await deciding;
    }
  }

  async stop(): Promise<void> {
    await this.owner.end();
  }

  view(runId: string): Promise<RunView> {
    return this.pilot.get(runId);
  }

  /** What each node of a run came to, by what is stored. */
  async endsOf(runId: string): Promise<[string, Expected][]> {
    const { tenantId } = this.runner;
    const stored = await this.store.statement(
      tenantId,
      sql<StoredOutcome>`SELECT step, state, sealed_outcome FROM workflow.step_outcomes WHERE run_id = ${runId}`,
    );
    const script = this.scripts.get(runId) as ScriptedWorkflow;
    return endsOf(script, decidedSteps(this.sealer, tenantId, stored), (error) => {
      const { code, message } = described(this.sealer, tenantId, error);
      return { code, message };
    });
  }

  /** How messages arrived: how many in all, how often one that was there came again, and what should never be. */
  async arrivals(): Promise<{ all: number; again: number; hadEnded: number; keysChanged: number }> {
    const { rows } = await this.owner.query<{ all: number; again: number; hadEnded: number; keysChanged: number }>(
      `SELECT sum(times)::int AS "all", sum(times - 1)::int AS again, sum(ended)::int AS "hadEnded",
        sum(keys - 1)::int AS "keysChanged"
      FROM (SELECT count(*) AS times, count(*) FILTER (WHERE had_ended) AS ended, count(DISTINCT key) AS keys
            FROM spec.sent GROUP BY run_id, place) place`,
    );
    return rows[0] ?? { all: 0, again: 0, hadEnded: 0, keysChanged: 0 };
  }

  private async accept(): Promise<void> {
    const runs = this.bench.service.get(RunsRepository);
    await this.owner.query(`CREATE SCHEMA spec;
      CREATE TABLE spec.scripts (run_id text PRIMARY KEY, script json NOT NULL);
      CREATE TABLE spec.sent (run_id text, place text, key text, had_ended boolean)`);
    const { tenantId, userId, id: sessionId } = this.runner;
    for (const [id, script] of this.scripts) {
      await this.owner.query('INSERT INTO spec.scripts VALUES ($1, $2)', [id, JSON.stringify(script)]);
      const { plan, children } = pinned(script);
      const sealedPlan = sealPlan(this.sealer, tenantId, { plan, children, parameters: { at: 'root' }, view: [] });
      const insertion = runs.insertion({
        tenantId,
        userId,
        sessionId,
        id,
        sealedPlan,
        context: CONTEXT,
        places: PLACES,
        ownerName: 'SOMEBODY',
        trigger: 'manual',
        correlationId: 'spec',
        workflowId: null,
        revision: null,
        takesOver: [],
      });
      await this.store.statement(tenantId, insertion);
    }
  }

  private async isAnyLeft(): Promise<boolean> {
    const { rows } = await this.owner.query('SELECT FROM workflow.run_queue LIMIT 1');
    return rows.length > 0;
  }

  /** A worker works until it kills itself or nothing is left; its leases run out as if its heartbeat had stopped. */
  private async live(acts: number): Promise<void> {
    const { databaseUrl, redisUrl, sealingKeys } = this.bench;
    const name = newId('worker');
    const life: MortalLife = { name, databaseUrl, redisUrl, sealingKeys, concurrency: AT_ONCE, acts };
    const child = fork(join(buildRoot(), 'apps/workflow/src/testing/mortal-worker.js'), {
      env: childEnv(),
      execArgv: [],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const ended = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
    child.send(life);
    child.once('message', () => this.bench.service.get(RunWaker).wake());
    await this.untilNothingIsLeft(child);
    child.kill('SIGKILL');
    const [code] = await ended;
    if (code !== null) throw new Error(`The worker ended by itself with ${code}`);
    this.lives += 1;
    const { rows } = await this.owner.query<{ run_id: string }>(
      `UPDATE workflow.run_queue SET leased_by = 'nobody', leased_until = now() - interval '1 second'
       WHERE leased_by = $1 RETURNING run_id`,
      [name],
    );
    for (const { run_id: runId } of rows) this.killed.set(runId, (this.killed.get(runId) ?? 0) + 1);
  }

  private async untilNothingIsLeft(child: ChildProcess): Promise<void> {
    const lives = () => child.exitCode === null && child.signalCode === null;
    while (lives() && (await this.isAnyLeft())) await delay(LOOK_EVERY_MS);
  }

  private async decideOnAndOn(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      for (const { runId, nodeId } of await this.pilot.approvalsOf(this.boss)) {
        const script = this.scripts.get(runId);
        const decision = (script && fateOf(nodeAt(script, nodeId)?.decisions ?? [], nodeId)) ?? 'approve';
        // A run may have ended beside the question; what is still open is found again.
        await this.pilot.decide(this.boss, runId, nodeId, { decision }).catch(() => undefined);
      }
      await delay(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined);
    }
  }
}
