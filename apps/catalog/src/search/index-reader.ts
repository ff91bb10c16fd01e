import { Injectable } from '@nestjs/common';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { SessionRecord } from '@snowflow/contracts/sessions/session-record';
import { MetadataReader } from '../metadata/metadata-reader';
import type { MetadataRow } from '../metadata/metadata-row';
import { show, SHOW_LIMIT } from '../metadata/show-statement';
import type { IndexEntry } from './index-entry';
import { listedEntry } from './listed-entry';
import { DATABASES, FEW, OBJECTS, SCHEMAS, SearchedListing } from './searched-listings';

/** So many statements at once: the rest of the session's places are for the person, who waits. */
const AT_ONCE = 3;

/** Everything that was read, and whether that is all there is. */
export interface ReadEntries {
  entries: IndexEntry[];
  complete: boolean;
}

/** Reads all that a session's role may see by SHOW, which needs no warehouse: a database at a time, and by schema where that is too much. */
@Injectable()
export class IndexReader {
  constructor(private readonly metadata: MetadataReader) {}

  async read(session: SessionRecord, mostObjects: number): Promise<ReadEntries> {
    const entries: IndexEntry[] = [];
    let complete = true;
    const add = (rows: readonly MetadataRow[], listing: SearchedListing) => {
      for (const row of rows) {
        const entry = listedEntry(row, listing.kindOf(row));
        if (!entry) continue;
        if (entries.length < mostObjects) entries.push(entry);
        else complete = false;
      }
    };
    const list = async (listing: SearchedListing, within: readonly string[], partly: () => Promise<void> | void) => {
      const rows = await this.list(session, listing, within).catch(noteIncomplete);
      if (!rows || rows.length < SHOW_LIMIT) add(rows ?? [], listing);
      else await partly();
    };
    const noteIncomplete = (error: unknown) => {
      if (!isOfOneListing(error)) throw error;
      complete = false;
      return undefined;
    };
    const databases = await this.list(session, DATABASES, []);
    add(databases, DATABASES);
    complete = databases.length < SHOW_LIMIT;
    const work = databases.map((row) => async () => {
      const database = row.text('name') ?? '';
      const schemas = await this.list(session, SCHEMAS, [database]).catch(noteIncomplete);
      add(schemas ?? [], SCHEMAS);
      await list(OBJECTS, [database], async () => {
        for (const schema of schemas ?? []) {
          add(await this.bySchema(session, [database, schema.text('name') ?? '']), OBJECTS);
        }
      });
    });
    const few = FEW.map((listing) => () => list(listing, [], () => void (complete = false)));
    await inTurns([...work, ...few]);
    return { entries, complete };
  }

  private list(session: SessionRecord, { objects }: SearchedListing, within: readonly string[]) {
    const everywhere = within.length === 0 && objects !== DATABASES.objects;
    return this.metadata.readAnew(session, show(objects, { within, inAccount: everywhere, limit: SHOW_LIMIT }));
  }

  /** Within a schema SHOW's cursor can be relied on. */
  private async bySchema(session: SessionRecord, within: readonly string[]): Promise<MetadataRow[]> {
    const found: MetadataRow[] = [];
    for (let after: string | undefined; ;) {
      const sql = show(OBJECTS.objects, { within, limit: SHOW_LIMIT, after });
      const rows = await this.metadata.readAnew(session, sql);
      found.push(...rows);
      const last = rows.at(-1)?.text('name') ?? undefined;
      if (rows.length < SHOW_LIMIT || last === undefined || last === after) return found;
      after = last;
    }
  }
}

/** What became of one listing does not hinder the rest; a session that ended does. */
function isOfOneListing(error: unknown): boolean {
  return (
    error instanceof AppError && ['SQL_FAILED', 'SOURCE_NOT_FOUND', 'SNOWFLAKE_ACCESS_DENIED'].includes(error.code)
  );
}

async function inTurns(work: readonly (() => Promise<void>)[]): Promise<void> {
  const left = work[Symbol.iterator]();
  const loop = async () => {
    for (const one of left) await one();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, loop));
}
