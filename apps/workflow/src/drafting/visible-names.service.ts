import { Injectable } from '@nestjs/common';
import { type CatalogClient, catalogContract } from '@snowflow/contracts/catalog/catalog.contract';
import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { PinnedContext } from '@snowflow/contracts/sessions/session-record';
import { Semaphore } from '@snowflow/engine/run/semaphore';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import { mostRelevant, relevance, relevantSources, wordsOf } from './relevant-names';
import type { SourceNameParts, VisibleSource } from './visible-source';

/** Bounds of one look around: a request names few things, and each listing is a SHOW. */
const DATABASES = 6;
const SCHEMAS = 16;
const SOURCES_OF_SCHEMA = 200;
const SOURCES = 30;
const COLUMNS = 200;
const AT_ONCE = 4;

/** What of the catalog a request may speak of, as far as the role sees it. */
@Injectable()
export class VisibleNames {
  constructor(@InjectClient(catalogContract) private readonly catalog: CatalogClient) {}

  /** The sources of the document, and those that the request names; the nearest ones where it names none. */
  async of(request: string, document: WorkflowDocument, context: PinnedContext): Promise<VisibleSource[]> {
    const words = wordsOf(request);
    const found = await this.sources(words, context);
    const all = new Map(
      [...sourcesIn(document), ...relevantSources(found, words, SOURCES)].map((one) => [keyOf(one), one]),
    );
    const names = [...all.values()].slice(0, 2 * SOURCES);
    if (names.length === 0) return [];
    const { sources } = await this.catalog.columns({ sources: names });
    return sources.flatMap((source, index) => {
      const name = names[index];
      if (source.state !== 'found' || !name) return [];
      return [
        {
          ...name,
          columns: source.columns.slice(0, COLUMNS).map(({ name: column, type }) => ({ name: column, type })),
        },
      ];
    });
  }

  private async sources(words: ReadonlySet<string>, context: PinnedContext): Promise<SourceNameParts[]> {
    const places = new Semaphore(AT_ONCE);
    const near = (own: string | null, name: string) => relevance(name, words) * 2 + (own === name ? 3 : 0);
    const { items } = await this.catalog.databases({ limit: 200 });
    const databases = mostRelevant(items, ({ name }) => near(context.database, name), DATABASES);
    const listed = await Promise.all(
      databases.map(({ name: database }) =>
        places.run(async () => {
          const page = await orNothing(this.catalog.schemas({ database, limit: 200 }));
          return page.map(({ name: schema }) => ({ database, schema }));
        }),
      ),
    );
    const schemas = mostRelevant(
      listed.flat().filter(({ schema }) => schema !== 'INFORMATION_SCHEMA'),
      ({ database, schema }) => near(context.schema, schema) + near(context.database, database),
      SCHEMAS,
    );
    const sources = await Promise.all(
      schemas.map((of) =>
        places.run(async () => {
          const page = await orNothing(this.catalog.sources({ ...of, limit: SOURCES_OF_SCHEMA }));
          return page.filter(({ kind }) => QUERIED.has(kind)).map(({ name }) => ({ ...of, name }));
        }),
      ),
    );
    return sources.flat();
  }
}

const QUERIED: ReadonlySet<string> = new Set(['table', 'view', 'dynamic-table']);
const keyOf = ({ database, schema, name }: SourceNameParts) => JSON.stringify([database, schema, name]);

/** The tables that a document reads or writes. */
function sourcesIn({ nodes }: WorkflowDocument): SourceNameParts[] {
  return nodes.flatMap(({ type, config: { database, schema, table: name } }) => {
    const isTable = type === 'source.table' || type === 'output.table';
    if (!isTable || typeof database !== 'string' || typeof schema !== 'string' || typeof name !== 'string') return [];
    return database && schema && name ? [{ database, schema, name }] : [];
  });
}

/** What the role may not list has no names for it. */
async function orNothing<Item>(page: Promise<{ items: Item[] }>): Promise<Item[]> {
  try {
    return (await page).items;
  } catch (error) {
    if (error instanceof AppError && REFUSALS.has(error.code)) return [];
    throw error;
  }
}

const REFUSALS: ReadonlySet<string> = new Set(['SQL_FAILED', 'SOURCE_NOT_FOUND', 'SNOWFLAKE_ACCESS_DENIED']);
