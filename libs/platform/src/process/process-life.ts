import { Logger } from '@nestjs/common';

type Stop = () => Promise<void>;

const logger = new Logger('Process');
const stops = new Map<string, Stop>();
let ending: Promise<void> | undefined;

/**
 * Calls `stop` once when the process is asked to end (SIGTERM, SIGINT). Several services may share a
 * process: there is one handler, it stops all of them at once and then ends the process.
 */
export function stopWithProcess(service: string, stop: Stop): void {
  if (stops.size === 0) listen();
  stops.set(service, stop);
}

/** Ends the process because a service could not start. Nothing has been asked of it yet, so the reason quotes no value. */
export function endAfterFailedStart(service: string, error: unknown): void {
  process.stderr.write(
    `${service} could not start: ${error instanceof Error ? (error.stack ?? error.message) : 'no reason'}\n`,
  );
  void end(1);
}

function listen(): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void end(0));
  process.on('unhandledRejection', (reason) => {
    logger.error(reason instanceof Error ? reason : new Error('A rejection without an error'), 'Unhandled rejection');
    // Beside others one stray promise must not take all services down.
    if (stops.size === 1) void end(1);
  });
  process.on('uncaughtException', (error) => {
    logger.fatal(error, 'Uncaught exception');
    void end(1);
  });
}

function end(code: number): Promise<void> {
  ending ??= Promise.allSettled([...stops.values()].map((stop) => stop())).then(() => process.exit(code));
  return ending;
}
