import { Injectable } from '@nestjs/common';
import { ConnectionsClient, connectionsContract } from '@snowflow/contracts/connections/connections.contract';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import type { Eyes } from './current-session';
import { MetadataCache } from './metadata-cache';
import { MetadataRow, rowsByName } from './metadata-row';

/** Snowflake's own words for "no such object" (or "not for you": it does not say which). */
const NOT_THERE = new Set(['002003', '002043']);
const NOT_GRANTED = new Set(['003001']);

/** Asks Snowflake about names and columns as the session's role, through the cache. SHOW and DESCRIBE never wake a warehouse. */
@Injectable()
export class MetadataReader {
  constructor(
    @InjectClient(connectionsContract) private readonly connections: ConnectionsClient,
    private readonly cache: MetadataCache,
  ) {}

  async read(session: Eyes, sql: string): Promise<MetadataRow[]> {
    const known = await this.cache.find(session, sql);
    if (known) return rowsByName(known);
    const rows = await this.ask(session, sql);
    await this.cache.keep(session, sql, rows);
    return rowsByName(rows);
  }

  /** Past the cache, for what is kept in another form. */
  async readAnew(session: Eyes, sql: string): Promise<MetadataRow[]> {
    return rowsByName(await this.ask(session, sql));
  }

  private async ask(session: Eyes, sql: string) {
    try {
      return await this.connections.metadata({ sql, binds: [], context: session.context });
    } catch (error) {
      throw translated(error);
    }
  }
}

function translated(error: unknown): unknown {
  if (!(error instanceof AppError) || error.code !== 'SQL_FAILED') return error;
  const { code = '', sqlState } = error.details.snowflake ?? {};
  if (NOT_THERE.has(code) || sqlState === '42S02') {
    return new AppError('SOURCE_NOT_FOUND', 'The object does not exist, or your role may not see it.');
  }
  if (NOT_GRANTED.has(code)) return new AppError('SNOWFLAKE_ACCESS_DENIED', 'Your role may not look at this object.');
  return error;
}
