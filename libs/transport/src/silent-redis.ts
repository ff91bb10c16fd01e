import type { Redis } from 'ioredis';

const PULSE_MS = 3_000;

/** No answer is ever due on a connection that only listens: it asks for one from time to time, so that its silence is noticed too. */
export function askForSignsOfLife(listener: Redis, everyMs = PULSE_MS): void {
  let timer: NodeJS.Timeout | undefined;
  listener.on('ready', () => {
    clearInterval(timer);
    timer = setInterval(() => void listener.ping().catch(() => undefined), everyMs).unref();
  });
  listener.on('close', () => clearInterval(timer));
}
