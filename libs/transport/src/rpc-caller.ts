import { AppError, fromWireError } from '@snowflow/contracts/errors/app-error';
import { redisTarget } from '@snowflow/contracts/redis/redis-target';
import type { Envelope, Outcome, Reply } from '@snowflow/contracts/rpc/envelope';
import type { Sealer } from '@snowflow/contracts/rpc/sealer';
import type { AnyOperation, CallOptions } from '@snowflow/contracts/rpc/service-contract';
import { EVERY_CONNECTION } from '@snowflow/contracts/rpc/every-connection';
import { Redis } from 'ioredis';
import { randomBytes } from 'node:crypto';
import { Backlog } from './backlog';
import { failureAt, notReached } from './call-failure';
import { observedCall } from './observed-rpc';
import { Outage } from './outage';
import { PendingCall, PendingCalls } from './pending-calls';
import { RequestSender } from './request-sender';
import { currentContext, currentScope } from './request-scope';
import { pendingCalls } from './rpc-metrics';
import { openOutcome, writeData } from './sealing';
import { askForSignsOfLife } from './silent-redis';
import { currentTraceparent } from './spans';
import { ENVELOPE_FIELD, inboxOf, streamOf } from './stream-keys';
import { answeredUnheard } from './unheard';
import { withdraw } from './withdraw';

export interface RpcCallerOptions {
  redisUrl: string;
  sealer: Sealer;
  /** Calls that may wait for a reply at once; further ones are refused with OVERLOADED. */
  maxPending?: number;
  /** Requests that may stand in one service's stream before new ones are refused. */
  maxBacklog?: number;
}

const MAX_PENDING = 5_000;
const MAX_BACKLOG = 20_000;

/** The sending half of the transport: one connection and one reply inbox for all clients of a process. */
export class RpcCaller {
  private readonly id = randomBytes(12).toString('base64url');
  private readonly inbox = inboxOf(this.id);
  private readonly sender: Redis;
  private readonly requests: RequestSender;
  private readonly listener: Redis;
  private readonly sealer: Sealer;
  private readonly maxPending: number;
  private readonly backlog: Backlog;
  private readonly outage: Outage;
  private readonly deafness: Outage;
  private readonly pending = new PendingCalls((call) => void this.expire(call));
  private readonly countPending = () => this.pending.size;
  private sequence = 0;
  private listening?: Promise<unknown>;
  private closed = false;

  constructor(options: RpcCallerOptions) {
    this.sealer = options.sealer;
    this.maxPending = options.maxPending ?? MAX_PENDING;
    const every = {
      ...redisTarget(options.redisUrl),
      ...EVERY_CONNECTION,
      maxRetriesPerRequest: null,
      lazyConnect: true,
    };
    this.sender = new Redis({ ...every, autoResendUnfulfilledCommands: false });
    this.requests = new RequestSender(this.sender);
    this.listener = new Redis(every);
    askForSignsOfLife(this.listener);
    this.listener.on('message', (_channel, message) => this.receive(message));
    this.listener.on('ready', () => void this.failUnheard());
    // Both reconnect by themselves; until then calls run into their deadlines.
    for (const connection of [this.sender, this.listener]) connection.on('error', () => undefined);
    this.outage = new Outage(this.sender);
    this.deafness = new Outage(this.listener);
    this.backlog = new Backlog(this.sender, options.maxBacklog ?? MAX_BACKLOG);
    pendingCalls.add(this.countPending);
  }

  /** Asks a service one question in the present scope and answers its reply; failures are AppErrors. */
  call(service: string, operation: AnyOperation, input: object, options: CallOptions = {}): Promise<unknown> {
    return observedCall(operation.pattern, () => this.ask(service, operation, input, options));
  }

  /** Ends the connections. Calls that still wait fail. */
  async close(): Promise<void> {
    this.closed = true;
    pendingCalls.delete(this.countPending);
    for (const call of this.pending.takeAll()) call.reject(failureAt(call, 'unknown', true));
    this.listener.disconnect();
    if (this.sender.status === 'ready') await this.sender.quit().catch(() => undefined);
    this.sender.disconnect();
  }

  private async ask(service: string, operation: AnyOperation, input: object, options: CallOptions): Promise<unknown> {
    const scope = currentScope();
    const context = currentContext();
    const now = Date.now();
    const deadlineAtMs = Math.min(now + (options.deadlineMs ?? operation.deadlineMs), scope?.deadlineAtMs ?? Infinity);
    this.refuseWhatCannotBeServed(service, deadlineAtMs, now);
    const id = `${this.id}.${(this.sequence++).toString(36)}`;
    const envelope: Envelope = {
      id,
      pattern: operation.pattern,
      replyTo: this.inbox,
      context,
      deadlineAtMs,
      idempotencyKey: options.idempotencyKey,
      traceparent: currentTraceparent(),
      sealed: operation.sealed,
      data: writeData(input, { id, pattern: operation.pattern }, operation.sealed ? this.sealer : null),
    };
    const unsafe = operation.kind === 'write' && !options.idempotencyKey;
    const outcome = await this.send(service, envelope, unsafe);
    if ('error' in outcome) throw fromWireError(outcome.error);
    return outcome.value;
  }

  private refuseWhatCannotBeServed(service: string, deadlineAtMs: number, now: number): void {
    if (this.closed) throw new AppError('UNAVAILABLE', 'This process is stopping.', { retryAfterSeconds: 1 });
    if (this.outage.hasLasted(now)) throw notReached(service);
    if (deadlineAtMs <= now) throw new AppError('DEADLINE_EXCEEDED', `There was no time left to ask ${service}.`);
    if (this.pending.size >= this.maxPending || this.backlog.isFull(service, now)) {
      throw new AppError('OVERLOADED', `Too many requests wait for ${service}. Try again in a moment.`, {
        retryAfterSeconds: 1,
      });
    }
  }

  private async send(service: string, envelope: Envelope, unsafe: boolean): Promise<Outcome> {
    const { id, pattern, deadlineAtMs } = envelope;
    const replied = new Promise<Outcome>((resolve, reject) => {
      const settle = (reply: Reply): void => resolve(this.outcomeOf(reply, pattern));
      this.pending.add({ id, pattern, service, askedAtMs: Date.now(), deadlineAtMs, unsafe, settle, reject });
    });
    this.listening ??= this.listener.subscribe(this.inbox);
    this.listening.then(() => this.add(service, envelope)).catch((error: unknown) => this.failToSend(id, error));
    return replied;
  }

  private async add(service: string, envelope: Envelope): Promise<void> {
    // Its deadline may have passed before anybody listened for a reply.
    const asked = this.pending.peek(envelope.id);
    if (!asked) return;
    asked.isHandedOver = true;
    const entryId = await this.requests.send(envelope.id, streamOf(service), ENVELOPE_FIELD, JSON.stringify(envelope));
    const call = this.pending.peek(envelope.id);
    if (call) call.entryId = entryId;
  }

  /** Replies that were published while nobody listened never come: their calls fail now, not at their deadlines. */
  private async failUnheard(): Promise<void> {
    const waiting = this.pending.all();
    if (waiting.length === 0) return;
    // Whatever is published after this is heard.
    await this.listener.subscribe(this.inbox);
    for (const call of await answeredUnheard(this.sender, waiting)) {
      this.pending.take(call.id)?.reject(failureAt(call, 'unknown', true));
    }
  }

  private outcomeOf(reply: Reply, pattern: string): Outcome {
    return 'outcome' in reply ? reply.outcome : openOutcome(reply.sealed, { id: reply.id, pattern }, this.sealer);
  }

  private receive(message: string): void {
    const replies: Reply[] = JSON.parse(message);
    for (const reply of replies) {
      const call = this.pending.take(reply.id);
      if (!call) continue;
      try {
        call.settle(reply);
      } catch {
        call.reject(failureAt(call, 'unknown', false));
      }
    }
  }

  private failToSend(id: string, error: unknown): void {
    const call = this.pending.take(id);
    // Redis refused it (out of memory, a wrong type): then nothing stands in the stream. A cut connection leaves it open.
    const refused = error instanceof Error && error.name === 'ReplyError';
    call?.reject(failureAt(call, refused ? 'not-started' : 'unknown', true));
  }

  private async expire(call: PendingCall): Promise<void> {
    const isHere = !call.isHandedOver || this.requests.takeBack(call.id);
    const progress = isHere ? 'not-started' : await withdraw(this.sender, call);
    const wasCut = [this.outage, this.deafness].some((outage) => outage.hasBeenSince(call.askedAtMs));
    call.reject(failureAt(call, progress, wasCut));
  }
}
