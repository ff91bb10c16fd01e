import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { until } from '../process/until';
import type { PlannedProcess } from './plan';

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 15_000;
/** A process that lived so long is restarted without a long pause. */
const STEADY_MS = 60_000;
const LAST_LINES = 15;

export interface SupervisionOptions {
  /** The root of the build. */
  dist: string;
  nodeFlags: string[];
  env: Record<string, string>;
  logDirectory: string;
  /** Starts it again when it ends unasked. */
  restart: boolean;
  /** Hears that it ended unasked, and later that it runs again. */
  onChange(sentence: string): void;
}

/** A child process of the launcher: started, watched, started again, stopped. */
export class SupervisedProcess {
  private child: ChildProcess | undefined;
  private stopping = false;
  private pauseMs = FIRST_PAUSE_MS;

  constructor(
    readonly planned: PlannedProcess,
    private readonly options: SupervisionOptions,
  ) {}

  /** Undefined while it does not run. */
  get pid(): number | undefined {
    return this.isRunning ? this.child?.pid : undefined;
  }

  get isRunning(): boolean {
    return this.child !== undefined && this.child.exitCode === null && this.child.signalCode === null;
  }

  get logFile(): string {
    return join(this.options.logDirectory, `${this.planned.name}.log`);
  }

  start(): void {
    const { dist, nodeFlags, env, logDirectory: _, ...rest } = this.options;
    const log = openSync(this.logFile, 'a', 0o600);
    const startedAt = Date.now();
    const child = spawn(
      process.execPath,
      [
        ...nodeFlags,
        join(dist, 'libs/platform/src/launch/run-apps.js'),
        ...this.planned.apps.map((app) => join(dist, app.entry)),
      ],
      // A process group of its own: Ctrl-C reaches only the launcher, which stops things in order.
      { env: { ...env, ...this.planned.env }, stdio: ['ignore', log, log, 'ipc'], detached: true },
    );
    closeSync(log);
    this.child = child;
    child.once('error', () => undefined);
    child.once('exit', (code, signal) => {
      if (this.stopping || child !== this.child) return;
      rest.onChange(`${this.planned.name} ended (${signal ?? code})`);
      if (rest.restart) void this.restart(Date.now() - startedAt);
    });
  }

  /** Waits until all its apps are ready; throws with the end of its log when it ends instead. */
  async ready(timeoutMs: number): Promise<void> {
    const { name, healthUrls } = this.planned;
    const outcome = await until(`${name} gets ready`, timeoutMs, async () => {
      if (!this.isRunning) return 'ended';
      const states = await Promise.all(Object.values(healthUrls).map(isReady));
      return states.every(Boolean) ? 'ready' : undefined;
    }).catch(async (error: Error) => {
      throw new Error(`${error.message}\n${await this.lastLines()}`);
    });
    if (outcome === 'ended') throw new Error(`${name} could not start\n${await this.lastLines()}`);
  }

  async kill(signal: NodeJS.Signals): Promise<void> {
    if (!this.child || !this.isRunning) return;
    const ended = once(this.child, 'exit');
    this.child.kill(signal);
    if (signal !== 'SIGSTOP' && signal !== 'SIGCONT') await ended;
  }

  /** Ends it and starts it anew, as after a build. */
  async replace(graceMs: number): Promise<void> {
    await this.stop(graceMs);
    this.stopping = false;
    this.start();
  }

  /** Asks it to end, by force after `graceMs`. */
  async stop(graceMs: number): Promise<void> {
    this.stopping = true;
    const { child } = this;
    if (!child || !this.isRunning) return;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    const force = setTimeout(() => child.kill('SIGKILL'), graceMs);
    await ended;
    clearTimeout(force);
  }

  private async restart(livedMs: number): Promise<void> {
    this.pauseMs = livedMs > STEADY_MS ? FIRST_PAUSE_MS : Math.min(this.pauseMs * 2, LONGEST_PAUSE_MS);
    await delay(this.pauseMs);
    if (this.stopping) return;
    this.start();
    this.options.onChange(`${this.planned.name} was started again`);
  }

  private async lastLines(): Promise<string> {
    const text = await readFile(this.logFile, 'utf8').catch(() => '');
    return text.trimEnd().split('\n').slice(-LAST_LINES).join('\n');
  }
}

async function isReady(healthUrl: string): Promise<boolean> {
  try {
    const response = await fetch(`${healthUrl}/health/ready`, { signal: AbortSignal.timeout(2_000) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}
