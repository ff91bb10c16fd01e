import type { LoggerService } from '@nestjs/common';
import { AppError, toWireError } from '@snowflow/contracts/errors/app-error';
import type { Envelope, Outcome, Reply } from '@snowflow/contracts/rpc/envelope';
import type { Sealer } from '@snowflow/contracts/rpc/sealer';
import type { AnyOperation } from '@snowflow/contracts/rpc/service-contract';
import { isObservable, lastValueFrom } from 'rxjs';
import { observedRequest } from './observed-rpc';
import { stackFramesOf } from './stack-frames';
import { runInScope } from './request-scope';
import { readData, sealOutcome } from './sealing';
import { storeAway } from './store-away';

/** What Nest makes of a message handler: the method behind its pipes, guards and interceptors. */
export type RequestHandler = (data: unknown, context: { pattern: string }) => unknown;

/** Opens an envelope, runs its handler in the caller's context and puts what came of it into a reply. */
export class RequestExecutor {
  constructor(
    private readonly handlerOf: (pattern: string) => RequestHandler | undefined,
    private readonly operationOf: (pattern: string) => AnyOperation | undefined,
    private readonly sealer: Sealer,
    private readonly logger: LoggerService,
  ) {}

  /** The reply as JSON. Never rejects. */
  async execute(envelope: Envelope): Promise<string> {
    const isKnown = this.operationOf(envelope.pattern) !== undefined;
    const outcome = await observedRequest(envelope, isKnown, () => this.outcomeOf(envelope));
    try {
      return this.reply(envelope, outcome);
    } catch (error) {
      // The handler's value is not JSON.
      this.report(error, envelope);
      return this.reply(envelope, { error: toWireError(error) });
    }
  }

  /** The reply that says a request ended in this error. */
  refuse(envelope: Envelope, error: AppError): string {
    return this.reply(envelope, { error: toWireError(error) });
  }

  private async outcomeOf(envelope: Envelope): Promise<Outcome> {
    const { pattern, context, idempotencyKey, deadlineAtMs } = envelope;
    const handler = this.handlerOf(pattern);
    if (!handler) return { error: toWireError(new AppError('UNKNOWN_PATTERN', `Nothing here answers ${pattern}.`)) };
    try {
      const data = readData(envelope, this.sealer);
      const value = await runInScope({ context, idempotencyKey, deadlineAtMs }, async () => {
        const result = await handler(data, { pattern });
        return isObservable(result) ? lastValueFrom(result) : result;
      });
      return { value };
    } catch (error) {
      if (!(error instanceof AppError)) this.report(error, envelope);
      const unsafe = this.operationOf(pattern)?.kind === 'write' && !idempotencyKey;
      return { error: toWireError(storeAway(error, pattern.split('.')[0] ?? pattern, unsafe) ?? error) };
    }
  }

  private reply(envelope: Envelope, outcome: Outcome): string {
    const { id, sealed } = envelope;
    const reply: Reply = sealed ? { id, sealed: sealOutcome(outcome, envelope, this.sealer) } : { id, outcome };
    return JSON.stringify(reply);
  }

  /** The message of an unexpected error may quote data, so only its kind and where it came from are written. */
  private report(error: unknown, { pattern, context }: Envelope): void {
    this.logger.error({
      msg: 'A handler failed unexpectedly',
      pattern,
      correlationId: context.correlationId,
      error: error instanceof Error ? error.name : typeof error,
      frames: stackFramesOf(error),
    });
  }
}
