import { AppError } from '@snowflow/contracts/errors/app-error';
import type { Sealer } from '@snowflow/contracts/rpc/sealer';
import type { ServiceHandlers } from '@snowflow/contracts/rpc/service-contract';
import { RedisStreamsServer, RedisStreamsServerOptions } from '../redis-streams.server';

/** What a stand-in says to each operation; an answer may be replaced at any time. */
export type Answers<Contract extends { operations: object }> = {
  -readonly [Verb in keyof ServiceHandlers<Contract>]?: ServiceHandlers<Contract>[Verb];
};

/** A stand-in for a service, in the test's own process. */
export interface Responder<Contract extends { operations: object }> {
  /** What has no answer is refused with UNKNOWN_PATTERN. */
  readonly answers: Answers<Contract>;
  stop(): Promise<void>;
}

/** Answers a service's operations over the real transport, for specs of those who ask it. Handlers run in the caller's scope. */
export async function startResponder<Contract extends RedisStreamsServerOptions['contract']>(
  contract: Contract,
  answers: Answers<Contract>,
  { url, sealer }: { url: string; sealer: Sealer },
): Promise<Responder<Contract>> {
  const server = new RedisStreamsServer({ url, contract, sealer, drainTimeoutMs: 500 });
  for (const [verb, { pattern }] of Object.entries(contract.operations)) {
    server.addHandler(pattern, async (data: unknown) => {
      const answer = (answers as Record<string, ((input: unknown) => Promise<unknown>) | undefined>)[verb];
      if (!answer) throw new AppError('UNKNOWN_PATTERN', `This test does not answer ${pattern}.`);
      return answer(data);
    });
  }
  await new Promise<void>((resolve, reject) => {
    void server.listen((error) => (error === undefined ? resolve() : reject(error as Error)));
  });
  return { answers, stop: () => server.close() };
}
