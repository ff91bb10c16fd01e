import type { DuckDBConnection } from '@duckdb/node-api';
import type { DuckDbEngine } from '../engine/duckdb-engine';
import { KeyedLock } from '../statements/keyed-lock';

/** A transaction that spans statements: it holds a connection, on which its statements run one after the other. */
export class SessionTransaction {
  private readonly turns = new KeyedLock();

  private constructor(
    private readonly engine: DuckDbEngine,
    private readonly connection: DuckDBConnection,
  ) {}

  static async begin(engine: DuckDbEngine): Promise<SessionTransaction> {
    const connection = await engine.take();
    await connection.run('BEGIN');
    return new SessionTransaction(engine, connection);
  }

  run<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
    return this.turns.run('statement', () => work(this.connection));
  }

  async end(verb: 'COMMIT' | 'ROLLBACK'): Promise<void> {
    await this.run(async (connection) => {
      try {
        await connection.run(verb);
      } finally {
        this.engine.give(connection, false);
      }
    });
  }

  /** Rolls it back because its session ended. */
  abandon(): void {
    this.engine.give(this.connection, false);
  }
}
