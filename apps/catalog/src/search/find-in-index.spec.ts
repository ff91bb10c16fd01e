import type { SearchKind } from '@snowflow/contracts/catalog/search.dto';
import * as fc from 'fast-check';
import { findInIndex } from './find-in-index';
import type { IndexEntry } from './index-entry';
import { folded } from './match-rank';
import { endOf } from './search-cursor';
import { packed, SearchIndex } from './search-index';
import { termsOf } from './search-terms';

const entry = (path: string, kind: SearchKind = 'table', more: Partial<IndexEntry> = {}): IndexEntry => {
  const [database = '', schema = null, name = schema ?? database] = path.split('.');
  const known = { rowCount: null, bytes: null, owner: null, comment: null, createdAtMs: null, secure: false };
  return { kind, database, schema, name, ...known, ...more };
};
const indexOf = (entries: IndexEntry[]) => new SearchIndex(packed(entries, 0, true));
const find = (index: SearchIndex, q: string, more: { kinds?: string; database?: string } = {}) =>
  findInIndex(index, termsOf({ q, ...more }), { limit: 50, after: undefined });
const names = (index: SearchIndex, q: string) => find(index, q).items.map(({ name }) => name);

describe('A search of an index', () => {
  it('gives the name itself first, then beginnings, then words within, then any part', () => {
    const index = indexOf(
      ['ORDER', 'REORDER', 'ORDERS', 'OPEN_ORDERS', 'Q4ORDERS', 'OTHER'].map((n) => entry(`D.S.${n}`)),
    );
    expect(names(index, 'order')).toEqual(['ORDER', 'ORDERS', 'OPEN_ORDERS', 'Q4ORDERS', 'REORDER']);
  });

  it('reads dots as database, schema and name', () => {
    const index = indexOf([
      entry('SALES', 'database'),
      entry('SALES.CORE', 'schema'),
      entry('SALES.CORE.CUSTOMER'),
      entry('SALES.OLD.CUSTOMER'),
      entry('CORE.PUBLIC.CUSTOMER'),
      entry('WEB.PUBLIC.CUSTOMER'),
    ]);
    const places = (q: string) =>
      find(index, q).items.map(({ database, schema, name }) => [database, schema, name].join('.'));
    expect(places('sales.core.cust')).toEqual(['SALES.CORE.CUSTOMER']);
    expect(places('core.cust')).toEqual(['CORE.PUBLIC.CUSTOMER', 'SALES.CORE.CUSTOMER']);
    expect(places('sales.old.')).toEqual(['SALES.OLD.CUSTOMER']);
  });

  it('counts every kind that matches, whichever are asked for, in the database that is', () => {
    const index = indexOf([entry('A.S.T1'), entry('A.S.T2', 'view'), entry('B.S.T3'), entry('B.S.T4', 'stage')]);
    const found = find(index, 't', { kinds: 'view,stage', database: 'A' });
    expect(found.items.map(({ name }) => name)).toEqual(['T2']);
    expect(found.counts).toEqual([
      { kind: 'table', count: 1 },
      { kind: 'view', count: 1 },
    ]);
    expect(() => termsOf({ q: 't', kinds: 'table,tabel' })).toThrow('There is no kind tabel.');
  });

  it('keeps what is known of an object as it is, whatever characters are in it', () => {
    const odd = entry('D.S', 'table', {
      name: 'a\nİ"b',
      comment: 'two\nlines',
      rowCount: 7,
      secure: true,
      createdAtMs: 0,
    });
    expect(find(indexOf([entry('D.S.X'), odd]), '"b').items).toEqual([
      {
        kind: 'table',
        database: 'D',
        schema: 'S',
        name: 'a\nİ"b',
        rowCount: 7,
        bytes: null,
        owner: null,
        comment: 'two\nlines',
        createdAt: '1970-01-01T00:00:00.000Z',
        secure: true,
      },
    ]);
  });

  it('finds what a plain search of every name would, each once, page after page', () => {
    const word = fc.stringMatching(/^[abA_1]{1,6}$/);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(word, word, word), { maxLength: 40 }),
        word,
        fc.integer({ min: 1, max: 5 }),
        (all, q, limit) => {
          const index = indexOf(all.map((path) => entry(path.join('.'))));
          const seen: string[] = [];
          for (let cursor: string | null | undefined; cursor !== null;) {
            const page = findInIndex(index, termsOf({ q }), { limit, after: endOf(cursor) });
            seen.push(...page.items.map(({ database, schema, name }) => [database, schema, name].join('.')));
            cursor = page.nextCursor;
          }
          const expected = new Set(
            all.filter(([, , name]) => folded(name).includes(folded(q))).map((path) => path.join('.')),
          );
          expect(seen.toSorted()).toEqual([...expected].toSorted());
        },
      ),
    );
  });
});
