import { Redis } from 'ioredis';

interface Request {
  id: string;
  stream: string;
  field: string;
  text: string;
  resolve(entryId: string): void;
  reject(error: Error): void;
}

/**
 * Puts requests into streams: all of one turn of the event loop as one write. A request that was cut off on its way is never sent again,
 * for it may have been taken already, and sending it twice could apply a write twice.
 */
export class RequestSender {
  private waiting: Request[] = [];
  private readonly onTheirWay = new Set<Request>();
  private scheduled = false;

  /** `redis` does not resend unfulfilled commands by itself, and then never settles them either: nothing here awaits it alone. */
  constructor(private readonly redis: Redis) {
    redis.on('ready', () => this.flush());
    redis.on('close', () => this.failWhatWasCut());
  }

  /** Answers the entry's id. Rejects with Redis' refusal, or as cut off: then nobody knows whether it stands in the stream. */
  send(id: string, stream: string, field: string, text: string): Promise<string> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ id, stream, field, text, resolve, reject });
      if (this.scheduled) return;
      this.scheduled = true;
      setImmediate(() => this.flush());
    });
  }

  /** Takes back a request that waits for a connection; false where it is on its way or was sent. */
  takeBack(id: string): boolean {
    const left = this.waiting.filter((request) => request.id !== id);
    const isTaken = left.length < this.waiting.length;
    this.waiting = left;
    return isTaken;
  }

  private flush(): void {
    this.scheduled = false;
    if (this.redis.status === 'wait') void this.redis.connect().catch(() => undefined);
    if (this.redis.status !== 'ready' || this.waiting.length === 0) return;
    const requests = this.waiting;
    this.waiting = [];
    const batch = this.redis.pipeline();
    for (const request of requests) {
      this.onTheirWay.add(request);
      batch.xadd(request.stream, '*', request.field, request.text);
    }
    batch.exec().then(
      (results) => requests.forEach((request, index) => this.settle(request, results?.[index])),
      (error: Error) => requests.forEach((request) => this.settle(request, [error, null])),
    );
  }

  private settle(request: Request, result: [error: Error | null, entryId: unknown] | undefined): void {
    this.onTheirWay.delete(request);
    const [error, entryId] = result ?? [null, null];
    if (typeof entryId === 'string') request.resolve(entryId);
    else request.reject(error ?? new Error('Redis did not say where the request stands'));
  }

  private failWhatWasCut(): void {
    for (const request of this.onTheirWay) this.settle(request, [new Error('The connection was cut'), null]);
  }
}
