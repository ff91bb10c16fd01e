import type { Redis, RedisOptions } from 'ioredis';

const PULSE_MS = 3_000;

/**
 * A machine that is gone without a word leaves connections that look open for a quarter of an hour. One on which an answer is due, and that
 * brings nothing for eight seconds, is given up and made anew. Longer than any blocking read here.
 */
export const NEVER_SILENT: RedisOptions = { socketTimeout: 8_000, connectTimeout: 5_000 };

/** No answer is ever due on a connection that only listens: it asks for one from time to time, so that its silence is noticed too. */
export function askForSignsOfLife(listener: Redis, everyMs = PULSE_MS): void {
  let timer: NodeJS.Timeout | undefined;
  listener.on('ready', () => {
    clearInterval(timer);
    timer = setInterval(() => void listener.ping().catch(() => undefined), everyMs).unref();
  });
  listener.on('close', () => clearInterval(timer));
}
