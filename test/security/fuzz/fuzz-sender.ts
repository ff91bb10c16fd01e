import { Pool } from 'undici';
import type { FuzzRequest } from './fuzz-request';

/** An answer, or why there was none. */
export interface FuzzAnswer {
  status: number;
  headers: Record<string, string>;
  text: string;
  tookMs: number;
  /** The connection ended, or nothing came, instead of an answer. */
  broke: string | undefined;
}

/** What an answer may take on a busy machine, a little more than what waits for somebody outside; longer is a hang. */
export const HANG_MS = 15_000;
const KEPT_CHARS = 200_000;
/** A stream goes on for as long as its run. */
const STREAM_MS = 300;

/** Sends over kept connections, several requests in a row on each before the first is answered. */
export class FuzzSender {
  private readonly pipelined: Pool;
  private readonly single: Pool;

  constructor(gatewayUrl: string) {
    const patience = { headersTimeout: HANG_MS, bodyTimeout: HANG_MS, keepAliveTimeout: 4_000 };
    this.pipelined = new Pool(gatewayUrl, { ...patience, connections: 12, pipelining: 4 });
    this.single = new Pool(gatewayUrl, { ...patience, connections: 48, pipelining: 1 });
  }

  async send(request: FuzzRequest): Promise<FuzzAnswer> {
    // An answer that closes its connection takes those behind it along; such a request is asked again, alone.
    const mayStream = /(events|published\/\{slug\})$/.test(request.operation.name) || request.kind === 'broken';
    const answer = await this.over(mayStream ? this.single : this.pipelined, request);
    return answer.broke !== undefined && answer.tookMs < HANG_MS / 2 ? this.over(this.single, request) : answer;
  }

  async stop(): Promise<void> {
    await Promise.all([this.pipelined.destroy(), this.single.destroy()]);
  }

  private async over(pool: Pool, { method, path, headers, body }: FuzzRequest): Promise<FuzzAnswer> {
    const startedAt = performance.now();
    const tookMs = () => performance.now() - startedAt;
    try {
      const reply = await pool.request({ method: method as 'GET', path, headers, body, idempotent: true });
      const isStream = String(reply.headers['content-type']).startsWith('text/event-stream');
      const timer = isStream ? setTimeout(() => reply.body.destroy(), STREAM_MS) : undefined;
      const text = await textOf(reply.body).finally(() => clearTimeout(timer));
      const named = Object.entries(reply.headers).map(([name, value]) => [name, String(value)]);
      return { status: reply.statusCode, headers: Object.fromEntries(named), text, tookMs: tookMs(), broke: undefined };
    } catch (error) {
      const broke = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      return { status: 0, headers: {}, text: '', tookMs: tookMs(), broke };
    }
  }
}

/** A stream that was left says what it had said. */
async function textOf(body: AsyncIterable<Buffer> & { destroyed: boolean }): Promise<string> {
  const pieces: string[] = [];
  let length = 0;
  try {
    for await (const piece of body) {
      if (length < KEPT_CHARS) pieces.push(piece.toString());
      length += piece.length;
    }
  } catch (error) {
    if (!body.destroyed || pieces.length === 0) throw error;
  }
  return pieces.join('');
}
