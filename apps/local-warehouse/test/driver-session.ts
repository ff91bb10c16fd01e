import './env';

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as driver from 'snowflake-sdk';
import type { Connection, ConnectionOptions, RowStatement } from 'snowflake-sdk';
import { startWarehouse, type WarehouseOptions } from '../src/start-warehouse';

driver.configure({ logLevel: 'OFF' });

export interface TestWarehouse {
  origin: string;
  /** Starts it again over the same data. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** A warehouse on a free port, over a folder of its own. */
export async function startTestWarehouse(options: Partial<WarehouseOptions> = {}): Promise<TestWarehouse> {
  const dataDir = await mkdtemp(join(tmpdir(), 'warehouse-'));
  const start = () =>
    startWarehouse({
      port: 0,
      dataDir,
      memoryMb: 512,
      lifetimes: { sessionSeconds: 3600, masterSeconds: 14_400 },
      ...options,
    });
  let running = await start();
  return {
    get origin() {
      return running.origin;
    },
    restart: async () => {
      await running.stop();
      running = await start();
    },
    stop: async () => {
      await running.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

export interface Answer {
  columns: string[];
  /** Each column as NAME TYPE, with NOT NULL where it is never NULL. */
  types: string[];
  rows: unknown[][];
  statement: RowStatement;
}

/** A failed statement, as the driver reports it. */
export interface Failure extends Error {
  code: string;
  sqlState: string;
  data: { line: number; pos: number };
}

/** A connection of the unmodified driver whose values all come back as text. */
export class DriverSession {
  private constructor(readonly connection: Connection) {}

  static open(warehouse: TestWarehouse, options: Partial<ConnectionOptions> = {}): Promise<DriverSession> {
    const connection = driver.createConnection({
      account: 'demo',
      accessUrl: warehouse.origin,
      username: 'demo',
      password: 'demo',
      fetchAsString: ['Number', 'Date', 'Boolean', 'JSON'],
      sfRetryMaxLoginRetries: 1,
      ...options,
    } as ConnectionOptions);
    return new Promise((resolve, reject) => {
      connection.connect((error) => (error ? reject(error) : resolve(new DriverSession(connection))));
    });
  }

  run(sqlText: string, options: Partial<Parameters<Connection['execute']>[0]> = {}): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.connection.execute({
        sqlText,
        rowMode: 'array',
        ...options,
        complete: (error, statement, rows) => {
          if (error) reject(error);
          else resolve({ ...describe(statement as RowStatement), rows: (rows ?? []) as unknown[][] });
        },
      } as Parameters<Connection['execute']>[0]);
    });
  }

  /** Starts a statement in the background and answers its query id. */
  submit(sqlText: string): Promise<string> {
    return new Promise((resolve, reject) => {
      this.connection.execute({
        sqlText,
        asyncExec: true,
        complete: (error, statement) => (error ? reject(error) : resolve(statement.getQueryId())),
      });
    });
  }

  async rows(sqlText: string): Promise<unknown[][]> {
    return (await this.run(sqlText)).rows;
  }

  async failure(sqlText: string): Promise<Failure> {
    try {
      await this.run(sqlText);
    } catch (error) {
      return error as Failure;
    }
    throw new Error(`The statement succeeded: ${sqlText}`);
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.connection.destroy(() => resolve()));
  }
}

function describe(statement: RowStatement): Omit<Answer, 'rows'> {
  const columns = statement.getColumns() ?? [];
  const type = (column: (typeof columns)[number]) => {
    const kind = column.getType().toUpperCase();
    const size = kind === 'FIXED' ? `(${column.getPrecision()},${column.getScale()})` : '';
    return `${column.getName()} ${kind}${size}${column.isNullable() ? '' : ' NOT NULL'}`;
  };
  return { columns: columns.map((column) => column.getName()), types: columns.map(type), statement };
}
