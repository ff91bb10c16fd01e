import { CustomTransportStrategy, Server } from '@nestjs/microservices';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { redisTarget } from '@snowflow/contracts/redis/redis-target';
import type { Envelope } from '@snowflow/contracts/rpc/envelope';
import type { Sealer } from '@snowflow/contracts/rpc/sealer';
import type { AnyOperation } from '@snowflow/contracts/rpc/service-contract';
import { EVERY_CONNECTION } from '@snowflow/contracts/rpc/every-connection';
import { Redis } from 'ioredis';
import { randomBytes } from 'node:crypto';
import { outcomeUnknown } from './call-failure';
import { ClaimedEntry, ClaimedRequests } from './claimed-requests';
import { Completions } from './completions';
import { ensureGroup, forgetDeadConsumers, leaveGroup } from './consumer-group';
import { firstConnection } from './first-connection';
import { InFlight } from './in-flight';
import { RequestExecutor } from './request-executor';
import { RequestReader } from './request-reader';
import { requestsUnderWay, streamDepths } from './rpc-metrics';
import { depthOf } from './stream-depth';
import { StreamEntry } from './stream-entry';
import { streamOf } from './stream-keys';

export interface RedisStreamsServerOptions {
  url: string;
  contract: { service: string; operations: Readonly<Record<string, AnyOperation>> };
  sealer: Sealer;
  /** Requests this replica works on at once. */
  concurrency?: number;
  /** After this long without a sign of life a replica's requests go to another one. */
  claimIdleMs?: number;
  /** How often a request may be handed out before it counts as poison. */
  maxDeliveries?: number;
  /** How long `close` waits for requests that were begun. */
  drainTimeoutMs?: number;
}

const CONCURRENCY = 256;
const CLAIM_IDLE_MS = 3_000;
const CLAIM_COUNT = 128;
const MAX_DELIVERIES = 3;
const DRAIN_TIMEOUT_MS = 20_000;
const FORGET_EVERY_MS = 60_000;

/**
 * Nest's transport over Redis Streams: one stream and one consumer group per service, so that each request goes to exactly one live
 * replica, waits while none is there, and is taken over when its replica dies.
 */
export class RedisStreamsServer extends Server implements CustomTransportStrategy {
  private readonly stream: string;
  private readonly consumer = randomBytes(9).toString('base64url');
  private readonly reading: Redis;
  private readonly writing: Redis;
  private readonly inFlight: InFlight;
  private readonly completions: Completions;
  private readonly claims: ClaimedRequests;
  private readonly reader: RequestReader;
  private readonly executor: RequestExecutor;
  private readonly operations: ReadonlyMap<string, AnyOperation>;
  private readonly askDepth = () => depthOf(this.writing, this.stream);
  private readonly countUnderWay = () => this.inFlight.size;
  private timer?: NodeJS.Timeout;
  private sweeping: Promise<void> = Promise.resolve();
  private forgetAtMs = 0;
  private closing?: Promise<void>;

  constructor(private readonly options: RedisStreamsServerOptions) {
    super();
    const { url, contract, sealer } = options;
    this.stream = streamOf(contract.service);
    this.operations = new Map(Object.values(contract.operations).map((operation) => [operation.pattern, operation]));
    const every = { ...redisTarget(url), ...EVERY_CONNECTION, maxRetriesPerRequest: null, lazyConnect: true };
    this.reading = new Redis(every);
    this.writing = new Redis({ ...every, enableAutoPipelining: true });
    this.inFlight = new InFlight(options.concurrency ?? CONCURRENCY);
    this.completions = new Completions(this.writing, this.stream);
    this.claims = new ClaimedRequests(this.writing, this.stream, this.consumer, this.claimIdleMs);
    this.reader = new RequestReader(this.reading, this.writing, this.stream, this.consumer, this.inFlight, (entry) =>
      this.serve(entry),
    );
    this.executor = new RequestExecutor(
      (pattern) => this.messageHandlers.get(pattern),
      (pattern) => this.operations.get(pattern),
      sealer,
      this.logger,
    );
    for (const connection of [this.reading, this.writing]) connection.on('error', () => undefined);
  }

  /** Called by Nest once every handler is registered. */
  async listen(callback: (error?: unknown) => void): Promise<void> {
    try {
      await Promise.all([this.reading, this.writing].map(firstConnection));
      await ensureGroup(this.writing, this.stream);
      this.reader.start();
      streamDepths.set(this.options.contract.service, this.askDepth);
      requestsUnderWay.set(this.options.contract.service, this.countUnderWay);
      this.timer = setInterval(() => this.sweep(), this.claimIdleMs / 3);
      callback();
    } catch (error) {
      for (const connection of [this.reading, this.writing]) connection.disconnect();
      callback(error);
    }
  }

  /** Stops taking requests, finishes and answers those that were begun, and signs off. */
  close(): Promise<void> {
    return (this.closing ??= this.drain());
  }

  /** Whether requests are read; for readiness. */
  get isReading(): boolean {
    return !this.closing && this.reading.status === 'ready' && this.writing.status === 'ready';
  }

  on(): never {
    throw new Error('Listen to the connections that unwrap() gives');
  }

  unwrap<Connections>(): Connections {
    // Nest leaves it to the caller to name what a strategy unwraps to.
    return [this.reading, this.writing] as Connections;
  }

  private get claimIdleMs(): number {
    return this.options.claimIdleMs ?? CLAIM_IDLE_MS;
  }

  private serve({ id, envelope }: StreamEntry): void {
    if (!envelope) {
      this.logger.warn({ msg: 'Dropped an entry that is no request', stream: this.stream, entry: id });
      this.completions.add(id, '', null);
      return;
    }
    if (Date.now() > envelope.deadlineAtMs) {
      this.completions.add(id, envelope.replyTo, null);
      return;
    }
    this.inFlight.start(id);
    void this.executor.execute(envelope).then((reply) => this.complete(id, envelope, reply));
  }

  private complete(entryId: string, envelope: Envelope, reply: string): void {
    this.completions.add(entryId, envelope.replyTo, reply);
    this.inFlight.finish(entryId);
  }

  /** Renews what runs for long, then looks for what a dead replica left. */
  private sweep(): void {
    this.sweeping = this.sweeping
      .then(async () => {
        await this.claims.renew(this.inFlight.olderThan(this.claimIdleMs / 3));
        if (this.closing || this.inFlight.free === 0) return;
        for (const entry of await this.claims.take(Math.min(CLAIM_COUNT, this.inFlight.free))) this.takeOver(entry);
        if (Date.now() < this.forgetAtMs) return;
        this.forgetAtMs = Date.now() + FORGET_EVERY_MS;
        await forgetDeadConsumers(this.writing, this.stream);
      })
      .catch(() => undefined);
  }

  private takeOver(entry: ClaimedEntry): void {
    const { id, envelope, deliveries } = entry;
    if (this.inFlight.has(id)) return;
    if (!envelope || Date.now() > envelope.deadlineAtMs) return this.serve(entry);
    const { pattern, context } = envelope;
    if (deliveries > (this.options.maxDeliveries ?? MAX_DELIVERIES)) {
      this.logger.error({ msg: 'Dropped a poison request', pattern, correlationId: context.correlationId, deliveries });
      const poison = new AppError('INTERNAL', 'This request stopped every process that tried it.');
      return this.completions.add(id, envelope.replyTo, this.executor.refuse(envelope, poison));
    }
    if (this.operations.get(pattern)?.kind === 'write' && !envelope.idempotencyKey) {
      const unknown = outcomeUnknown(this.options.contract.service);
      return this.completions.add(id, envelope.replyTo, this.executor.refuse(envelope, unknown));
    }
    this.serve(entry);
  }

  private async drain(): Promise<void> {
    await this.reader.stop();
    const deadline = AbortSignal.timeout(this.options.drainTimeoutMs ?? DRAIN_TIMEOUT_MS);
    const expired = new Promise<void>((resolve) => deadline.addEventListener('abort', () => resolve()));
    while (this.inFlight.size > 0 && !deadline.aborted) {
      await Promise.race([this.inFlight.nextFinish(), expired]);
    }
    clearInterval(this.timer);
    this.hideMetrics();
    if (this.writing.status === 'ready') {
      await this.sweeping;
      await this.completions.settled();
      await leaveGroup(this.writing, this.stream, this.consumer).catch(() => undefined);
      await this.writing.quit().catch(() => undefined);
    }
    this.reading.disconnect();
    this.writing.disconnect();
  }

  /** Of two servers of one service in a process the later is the one that is shown. */
  private hideMetrics(): void {
    const { service } = this.options.contract;
    if (streamDepths.get(service) === this.askDepth) streamDepths.delete(service);
    if (requestsUnderWay.get(service) === this.countUnderWay) requestsUnderWay.delete(service);
  }
}
