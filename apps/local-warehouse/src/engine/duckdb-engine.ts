import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DuckDBInstance, type DuckDBConnection, type DuckDBValue } from '@duckdb/node-api';
import { buildSampleData } from '../sample-data/build-sample-data';
import { identifier, text } from './quote';
import { macros } from './macros';

export interface EngineOptions {
  dataDir: string;
  memoryMb: number;
  /** The file of the sample share; it is built where it is missing. */
  sample: string;
  threads: number;
}

/** The catalogs DuckDB sees: one file each for the sample share and for what people make, and results that live in memory. */
export const duckdbCatalogs = { sample: 'sample', data: 'data', results: 'results' } as const;

/** One statement of a transaction, with its binds. */
export type Step = string | { sql: string; values: DuckDBValue[] };

/** Runs work that `stop` can end. */
export type Guard = <T>(stop: () => void, work: () => Promise<T>) => Promise<T>;

const maxIdleConnections = 8;

/** One account's DuckDB: opened, set up and then locked, so that no statement reaches a file, the network or an extension. */
export class DuckDbEngine {
  private readonly idle: DuckDBConnection[] = [];
  private closed = false;

  private constructor(private readonly instance: DuckDBInstance) {}

  static async open({ dataDir, memoryMb, sample: sampleFile, threads }: EngineOptions): Promise<DuckDbEngine> {
    await mkdir(dataDir, { recursive: true });
    const temp = join(dataDir, 'spill');
    await rm(temp, { recursive: true, force: true });
    await mkdir(dirname(sampleFile), { recursive: true });
    const sample = await buildSampleData(sampleFile);
    const instance = await DuckDBInstance.create(':memory:', {
      threads: String(threads),
      memory_limit: `${memoryMb}MB`,
      temp_directory: temp,
      autoload_known_extensions: 'false',
      autoinstall_known_extensions: 'false',
      allow_community_extensions: 'false',
      default_null_order: 'nulls_last',
    });
    const connection = await instance.connect();
    const { sample: sampleName, data, results } = duckdbCatalogs;
    for (const statement of [
      `ATTACH ${text(sample)} AS ${identifier(sampleName)} (READ_ONLY)`,
      `ATTACH ${text(join(dataDir, 'data.duckdb'))} AS ${identifier(data)}`,
      `ATTACH ':memory:' AS ${identifier(results)}`,
      ...macros,
      `SET GLOBAL TimeZone = 'UTC'`,
      `SET GLOBAL enable_external_access = false`,
      `SET GLOBAL lock_configuration = true`,
    ]) {
      await connection.run(statement);
    }
    connection.closeSync();
    return new DuckDbEngine(instance);
  }

  async take(): Promise<DuckDBConnection> {
    return this.idle.pop() ?? (await this.instance.connect());
  }

  /** Gives a connection back; one that was interrupted or may hold a transaction is closed instead. */
  give(connection: DuckDBConnection, reusable: boolean): void {
    if (reusable && !this.closed && this.idle.length < maxIdleConnections) this.idle.push(connection);
    else connection.closeSync();
  }

  /** Runs a statement of our own, such as a catalog read, and answers its rows as JSON values. */
  async rows(sql: string): Promise<Record<string, unknown>[]> {
    return this.onConnection(async (connection) => (await connection.runAndReadAll(sql)).getRowObjectsJson());
  }

  async run(...statements: string[]): Promise<void> {
    await this.onConnection((connection) => runSteps(connection, statements));
  }

  /** All of it or nothing; `guard` may stop it half-way. */
  async transaction(steps: readonly Step[], guard: Guard = (_stop, work) => work()): Promise<void> {
    await this.onConnection((connection) =>
      guard(
        () => connection.interrupt(),
        () => runSteps(connection, ['BEGIN', ...steps, 'COMMIT']),
      ),
    );
  }

  /** A connection that failed is not used again: it may hold an open transaction or an interruption. */
  private async onConnection<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
    const connection = await this.take();
    let done = false;
    try {
      const value = await work(connection);
      done = true;
      return value;
    } finally {
      this.give(connection, done);
    }
  }

  close(): void {
    this.closed = true;
    for (const connection of this.idle.splice(0)) connection.closeSync();
    this.instance.closeSync();
  }
}

async function runSteps(connection: DuckDBConnection, steps: readonly Step[]): Promise<void> {
  for (const step of steps) {
    if (typeof step === 'string') await connection.run(step);
    else await connection.run(step.sql, step.values);
  }
}
