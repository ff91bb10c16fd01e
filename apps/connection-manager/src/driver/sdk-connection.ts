import type { Connection, RowStatement, StatementOption } from 'snowflake-sdk';
import { driverCalls, type DriverCall } from './driver-call';
import { toFailure } from './driver-error';
import { SnowflakeFailure } from './snowflake-failure';
import { SdkResult } from './sdk-result';
import type { DriverConnection, DriverResult, DriverStatement } from './snowflake-driver';

/** A driver connection behind our port. */
export class SdkConnection implements DriverConnection {
  private holders = 0;
  private disposed = false;

  constructor(private readonly connection: Connection) {}

  serialize(): string {
    return this.connection.serialize();
  }

  async execute(statement: DriverStatement, signal: AbortSignal): Promise<DriverResult> {
    const { call, done } = await this.call(signal, (complete) =>
      this.connection.execute({ ...optionsOf(statement), complete }),
    );
    return this.result(done, call);
  }

  async submit(statement: DriverStatement, signal: AbortSignal): Promise<string> {
    const { done } = await this.call(signal, (complete) =>
      this.connection.execute({ ...optionsOf(statement), asyncExec: true, complete }),
    );
    return done.getQueryId();
  }

  async fetch(queryId: string, signal: AbortSignal): Promise<DriverResult> {
    const { call, done } = await this.call(signal, (complete) =>
      this.connection.fetchResult({ queryId, rowMode: 'array', streamResult: true, complete }),
    );
    return this.result(done, call);
  }

  dispose(): void {
    this.disposed = true;
    this.letGo();
  }

  private async result(statement: RowStatement, call: DriverCall): Promise<DriverResult> {
    if (!call.reply) throw new SnowflakeFailure('unreachable', 'Snowflake sent no result');
    return SdkResult.of(statement, call.reply, call.signal, () => this.hold());
  }

  /** Sockets stay until every request and every stream of rows that holds them has ended. */
  private hold(): () => void {
    this.holders += 1;
    return () => {
      this.holders -= 1;
      this.letGo();
    };
  }

  private async call(
    signal: AbortSignal,
    start: (complete: StatementOption['complete']) => unknown,
  ): Promise<{ call: DriverCall; done: RowStatement }> {
    // Let go a moment ago: the caller takes the session up again.
    if (this.disposed && !this.connection.isUp()) throw new SnowflakeFailure('session', 'The connection was let go');
    const call: DriverCall = { signal };
    const release = this.hold();
    try {
      const done = await driverCalls.run(
        call,
        () =>
          new Promise<RowStatement>((resolve, reject) => {
            start((error, statement) => (error ? reject(toFailure(error, call)) : resolve(statement)));
          }),
      );
      return { call, done };
    } finally {
      release();
    }
  }

  private letGo(): void {
    if (this.disposed && this.holders === 0 && this.connection.isUp()) this.connection.destroy(() => undefined);
  }
}

function optionsOf({ sql, binds, requestId, parameters, describeOnly }: DriverStatement): StatementOption {
  return {
    sqlText: sql,
    binds: binds?.length ? [...binds] : undefined,
    requestId,
    // More than one statement in a text is refused by Snowflake, whatever the account's default.
    parameters: { MULTI_STATEMENT_COUNT: 1, ...parameters },
    describeOnly,
    rowMode: 'array',
    streamResult: true,
  };
}
