import type { TableEntry } from '../catalog/catalog-entries';
import type { CompiledQuery } from './environment';

/** A compiled query with what it takes to run it again. */
export interface ReadyQuery extends CompiledQuery {
  /** Which of the request's binds DuckDB gets, in its order. */
  binds: readonly number[];
  tables: ReadonlySet<TableEntry>;
  waitMs: number;
  preparations: readonly (() => Promise<void>)[];
}

const kept = 500;

/** The queries compiled last, by their text and all that their meaning depends on. */
export class CompiledQueries {
  private readonly queries = new Map<string, ReadyQuery>();

  get(key: string): ReadyQuery | undefined {
    const found = this.queries.get(key);
    if (found) {
      this.queries.delete(key);
      this.queries.set(key, found);
    }
    return found;
  }

  set(key: string, query: ReadyQuery): void {
    this.queries.set(key, query);
    for (const oldest of this.queries.keys()) {
      if (this.queries.size <= kept) return;
      this.queries.delete(oldest);
    }
  }
}
