import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import type { VisibleSource } from '../visible-source';

/** The names that a request may use: sources that the role sees, their columns, and names that the document or the request itself gives. */
export class Vocabulary {
  private readonly columns: ReadonlySet<string>;

  constructor(
    private readonly sources: readonly VisibleSource[],
    document: WorkflowDocument,
    private readonly context: { database: string | null; schema: string | null },
    given: readonly string[] = [],
  ) {
    this.columns = new Set([
      ...sources.flatMap(({ columns }) => columns.map(({ name }) => name.toUpperCase())),
      ...namesGiven(document.nodes.map(({ config }) => config)).map((name) => name.toUpperCase()),
      ...given.map((name) => name.toUpperCase()),
    ]);
  }

  /** A source by its name, its schema's or database's before it, in any case and number; of several the one in the session's schema. */
  source(written: string): VisibleSource | undefined {
    const [name = '', schema, database] = partsOf(written).reverse();
    const isNamed = (one: VisibleSource, singular: boolean) =>
      (singular ? bare(one.name) === bare(name) : same(one.name, name)) &&
      (schema === undefined || same(one.schema, schema)) &&
      (database === undefined || same(one.database, database));
    const named = this.sources.filter((one) => isNamed(one, false));
    const found = named.length > 0 ? named : this.sources.filter((one) => isNamed(one, true));
    const isNear = (one: VisibleSource) => one.database === this.context.database && one.schema === this.context.schema;
    return found.find(isNear) ?? found[0];
  }

  isColumn(written: string): boolean {
    return this.columns.has((partsOf(written).at(-1) ?? '').toUpperCase());
  }

  /** Three names of a table, those that are missing from the session. */
  table(written: string): { database: string; schema: string; table: string } | undefined {
    const [table, schema = this.context.schema, database = this.context.database] = partsOf(written)
      .reverse()
      .map(asStored);
    return table && schema && database ? { database, schema, table } : undefined;
  }
}

/** The parts of a dotted name; of a quoted one without its quotes. */
export const partsOf = (written: string): string[] =>
  [...written.matchAll(/"([^"]+)"|[^."]+/g)].map(([text, quoted]) => quoted ?? text);

const asStored = (name: string) => (/^[a-z_][a-z0-9_$]*$/.test(name) ? name.toUpperCase() : name);
const same = (a: string, b: string) => a.toUpperCase() === b.toUpperCase();
const bare = (name: string) => name.toUpperCase().replace(/S$/, '');

/** Every name that stands under `as` in configs. */
export function namesGiven(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) =>
    key === 'as' && typeof part === 'string' ? [part] : namesGiven(part),
  );
}
