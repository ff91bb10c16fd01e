import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { createInterface } from 'node:readline';

/**
 * Runs a server and ends it when the pipe to its parent closes, so that not even `kill -9` of the parent leaves an orphan.
 * It prints the server's pid. The shell has its own process group: Ctrl-C in the terminal reaches only the launcher, which stops
 * things in order.
 */
const GUARD = `
exec 3<&0
signal=$1; cleanup=$2; shift 2
"$@" 3<&- </dev/null >&2 &
server=$!
echo $server
exec >/dev/null
( read -r line <&3; kill -s "$signal" $server ) &
watch=$!
wait $server
code=$?
kill $watch 2>/dev/null
[ -z "$cleanup" ] || rm -rf -- "$cleanup"
exit $code
`;

interface GuardedServerOptions {
  command: string;
  args: string[];
  /** What asks the server to end quickly and cleanly. */
  stopSignal: 'TERM' | 'INT';
  logFile: string;
  /** The unix account to run as, where it is not the caller's. */
  account?: { uid: number; gid: number };
  /** A folder to delete once the server has ended. */
  deleteAfterwards?: string;
  /** Lets this process end while the server runs; the server then ends too. */
  background?: boolean;
}

/** A private server process and its guard. */
export class GuardedServer {
  /** Resolves when the server has ended, asked or not. */
  readonly ended: Promise<void>;

  private constructor(
    private readonly guard: ChildProcess,
    readonly pid: number,
  ) {
    this.ended = once(guard, 'exit').then(() => undefined);
  }

  static async start(options: GuardedServerOptions): Promise<GuardedServer> {
    const log = openSync(options.logFile, 'a', 0o600);
    const guard = spawn(
      '/bin/sh',
      ['-c', GUARD, 'guard', options.stopSignal, options.deleteAfterwards ?? '', options.command, ...options.args],
      { stdio: ['pipe', 'pipe', log], detached: true, ...options.account, cwd: '/' },
    );
    closeSync(log);
    guard.stdin?.on('error', () => undefined);
    const pid = await readPid(guard);
    if (options.background) letGo(guard);
    return new GuardedServer(guard, pid);
  }

  get hasEnded(): boolean {
    return this.guard.exitCode !== null || this.guard.signalCode !== null;
  }

  /** Ends the server, by force after `graceMs`. */
  async stop(graceMs: number): Promise<void> {
    if (this.hasEnded) return;
    this.guard.ref();
    this.guard.stdin?.end();
    const force = setTimeout(() => {
      process.kill(-(this.guard.pid as number), 'SIGKILL');
    }, graceMs);
    await this.ended;
    clearTimeout(force);
  }
}

async function readPid(guard: ChildProcess): Promise<number> {
  if (!guard.stdout) throw new Error('The guard has no output');
  for await (const line of createInterface({ input: guard.stdout })) return Number(line);
  throw new Error('The server could not be started');
}

function letGo(guard: ChildProcess): void {
  guard.unref();
  for (const stream of [guard.stdin, guard.stdout]) (stream as { unref?(): void } | null)?.unref?.();
}
