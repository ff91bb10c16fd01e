import { Injectable } from '@nestjs/common';
import type { SearchReply } from '@snowflow/contracts/catalog/search.dto';
import type { SessionRecord } from '@snowflow/contracts/sessions/session-record';
import { MetadataReader } from '../metadata/metadata-reader';
import { containing, show } from '../metadata/show-statement';
import { findInIndex } from './find-in-index';
import type { IndexEntry } from './index-entry';
import { listedEntry } from './listed-entry';
import { packed, SearchIndex } from './search-index';
import type { SearchTerms } from './search-terms';
import { DATABASES, OBJECTS, SCHEMAS } from './searched-listings';

/** Rows that one SHOW of a search is asked for. */
const ROWS = 500;

/** A search while what the role may see is still being read: Snowflake's own LIKE, a few rows of it. */
@Injectable()
export class LiveSearch {
  constructor(private readonly metadata: MetadataReader) {}

  async find(session: SessionRecord, terms: SearchTerms, limit: number): Promise<SearchReply> {
    const asOfMs = Date.now();
    const text = terms.dotted?.name ?? terms.whole;
    const like = text === '' ? undefined : containing(text);
    const within = terms.database === undefined ? [] : [terms.database];
    const listings = [OBJECTS, SCHEMAS, ...(within.length === 0 ? [DATABASES] : [])];
    const found = await Promise.all(
      listings.map(async ({ objects, kindOf }) => {
        const inAccount = within.length === 0 && objects !== DATABASES.objects;
        const rows = await this.metadata.read(session, show(objects, { within, inAccount, like, limit: ROWS }));
        return rows.map((row) => listedEntry(row, kindOf(row)));
      }),
    );
    const entries = found.flat().filter((entry): entry is IndexEntry => entry !== undefined);
    const index = new SearchIndex(packed(entries, asOfMs, false));
    const { items, counts } = findInIndex(index, terms, { limit, after: undefined });
    return { items, counts, nextCursor: null, asOf: new Date(asOfMs).toISOString(), complete: false, reading: true };
  }
}
