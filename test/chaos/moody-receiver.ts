import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { isSigned } from './signature';

/** More than this a receiver does not do to one webhook: SnowFlow tries a limited number of times. */
const MOODS_PER_KEY = 2;
const MOODY_SHARE = 0.35;
/** Longer than a try waits for its answer. */
const LATE_MS = 11_000;
const MOODS = ['refuses', 'fails after it took', 'hangs up after it took', 'hangs up before it took', 'answers late'];

/** What was taken under one Idempotency-Key. */
interface Taken {
  marker: string;
  body: string;
  times: number;
}

/** Somebody's server that takes webhooks and often misbehaves, before or after it has taken one. It knows a repetition by its key. */
export class MoodyReceiver {
  readonly byKey = new Map<string, Taken>();
  readonly counts = new Map<string, number>(MOODS.map((mood) => [mood, 0]));
  calls = 0;
  unsigned = 0;
  /** Repetitions that said something else than what they repeat. */
  changed = 0;
  private readonly moods = new Map<string, number>();
  private readonly server = createServer((request, response) => void this.take(request, response));

  private constructor(
    private readonly keys: readonly string[],
    private readonly random: () => number,
  ) {}

  /** `keys`: what the tenant's webhooks are signed by. */
  static async start(keys: readonly string[], random: () => number): Promise<MoodyReceiver> {
    const receiver = new MoodyReceiver(keys, random);
    receiver.server.listen(0, '127.0.0.1');
    await once(receiver.server, 'listening');
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/marks`;
  }

  /** Under how many keys each marker was taken: after deduplication, how often. */
  timesByMarker(): Map<string, number> {
    const times = new Map<string, number>();
    for (const { marker } of this.byKey.values()) times.set(marker, (times.get(marker) ?? 0) + 1);
    return times;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request).catch(() => undefined);
    // Its sender was killed in the middle of it.
    if (body === undefined || !request.complete) return;
    this.calls += 1;
    if (!isSigned(request.headers, body, this.keys)) this.unsigned += 1;
    const key = String(request.headers['idempotency-key']);
    const mood = this.moodFor(key);
    if (mood === 'hangs up before it took') return void request.socket.destroy();
    if (mood === 'refuses') return void response.writeHead(503).end();
    this.count(key, body);
    if (mood === 'hangs up after it took') return void request.socket.destroy();
    if (mood === 'answers late') await delay(LATE_MS);
    response.writeHead(mood === 'fails after it took' ? 500 : 200).end();
  }

  private count(key: string, body: string): void {
    const taken = this.byKey.get(key) ?? { marker: markerOf(body), body, times: 0 };
    taken.times += 1;
    if (taken.body !== body) this.changed += 1;
    this.byKey.set(key, taken);
  }

  private moodFor(key: string): string | undefined {
    const before = this.moods.get(key) ?? 0;
    if (before >= MOODS_PER_KEY || this.random() >= MOODY_SHARE) return undefined;
    this.moods.set(key, before + 1);
    const mood = MOODS[Math.floor(this.random() * MOODS.length)] as string;
    this.counts.set(mood, (this.counts.get(mood) ?? 0) + 1);
    return mood;
  }
}

const markerOf = (body: string) => (JSON.parse(body) as { marker: string }).marker;
