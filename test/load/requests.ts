import { Agent, request } from 'node:http';
import type { Tally } from './tally';

const TIMEOUT_MS = 60_000;

export interface Asked {
  /** How it is called where it fails. */
  what: string;
  method: 'GET' | 'POST';
  path: string;
  headers: Record<string, string>;
  body?: object;
}

/** Asks by plain node:http, which costs the processors it shares with the servers less than fetch does. */
export class Requests {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: Infinity, maxFreeSockets: 4_096 });

  constructor(private readonly gatewayUrl: string) {}

  /** The body of a 2xx; undefined where it was refused or failed, which the tally has heard. */
  send({ what, method, path, headers, body }: Asked, tally: Tally): Promise<string | undefined> {
    tally.offer();
    const text = body && JSON.stringify(body);
    const from = performance.now();
    return new Promise((resolve) => {
      const failed = (why: string) => {
        tally.failed(`${what} ${why}`);
        resolve(undefined);
      };
      const sent = request(
        `${this.gatewayUrl}/api/v1${path}`,
        {
          method,
          agent: this.agent,
          timeout: TIMEOUT_MS,
          headers: {
            ...headers,
            ...(text ? { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) } : {}),
          },
        },
        (response) => {
          const { statusCode: status = 0 } = response;
          const begunMs = performance.now() - from;
          const isStream = response.headers['content-type']?.startsWith('text/event-stream') ?? false;
          let received = '';
          response.setEncoding('utf8');
          response.on('data', (piece: string) => (received += piece));
          response.on('error', () => failed('was cut'));
          response.on('end', () => {
            tally.answered(
              what,
              status,
              response.headers['retry-after'],
              isStream ? begunMs : performance.now() - from,
            );
            resolve(status >= 200 && status < 300 ? received : undefined);
          });
        },
      );
      sent.on('timeout', () => sent.destroy(new Error('timeout')));
      sent.on('error', ({ message }) => failed(message));
      sent.end(text);
    });
  }
}
