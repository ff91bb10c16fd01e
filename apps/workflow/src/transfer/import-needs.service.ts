import { Injectable } from '@nestjs/common';
import { catalogContract, type CatalogClient } from '@snowflow/contracts/catalog/catalog.contract';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { nameOf } from '@snowflow/contracts/policies/qualified-name';
import type { ImportNeedView } from '@snowflow/contracts/workflow/transfer.dto';
import { type Need, needsOf } from '@snowflow/engine/transfer/import-needs';
import { type ImportMapping, mapped, type ObjectName, spelled } from '@snowflow/engine/transfer/name-mapping';
import type { TransferWorkflow } from '@snowflow/engine/transfer/transfer-file';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';

/** Names in one request to the catalog, and those that are asked at all. */
const BATCH = 200;
const MOST_TABLES = 1_000;
const MOST_DATABASES = 20;
const PAGE = 200;
const MOST_PAGES = 10;

type State = ImportNeedView['state'];

/** Says of all that a file names whether the role finds it here, under the names that it is mapped to. */
@Injectable()
export class ImportNeedsService {
  constructor(@InjectClient(catalogContract) private readonly catalog: CatalogClient) {}

  async of(workflows: readonly TransferWorkflow[], mapping: ImportMapping): Promise<ImportNeedView[]> {
    const needs = needsOf(workflows).map((need) => ({ need, here: need.object && mapped(need.object, mapping) }));
    const objects = needs.flatMap(({ here }) => (here ? [here] : []));
    const [containers, tables] = await Promise.all([
      this.containers(objects).catch(unknown),
      this.tables(objects).catch(unknown),
    ]);
    return needs.map(({ need, here }) => ({
      kind: need.kind,
      name: need.name,
      mappedTo: mappedTo(need, here, mapping),
      state: here ? stateOf(here, containers, tables) : stateOfOther(need, mapping),
      usedBy: need.usedBy,
    }));
  }

  /** Databases and schemas that are there; a database that was not looked into has no entry. */
  private async containers(objects: readonly ObjectName[]): Promise<Map<string, Set<string>>> {
    if (objects.length === 0) return new Map();
    const there = new Set(await this.all((cursor) => this.catalog.databases({ limit: PAGE, ...cursor })));
    const wanted = [...new Set(objects.filter(({ schema }) => schema !== undefined).map(({ database }) => database))];
    const inside = wanted.filter((database) => there.has(database)).slice(0, MOST_DATABASES);
    const schemas = await Promise.all(
      inside.map((database) => this.all((cursor) => this.catalog.schemas({ database, limit: PAGE, ...cursor }))),
    );
    return new Map<string, Set<string>>([
      ['', there],
      ...inside.map((database, at): [string, Set<string>] => [database, new Set(schemas[at])]),
    ]);
  }

  private async tables(objects: readonly ObjectName[]): Promise<Map<string, State>> {
    const sources = [...new Map(objects.map((one) => [spelled(one), one])).values()]
      .flatMap(({ database, schema, table: name }) => (schema && name ? [{ database, schema, name }] : []))
      .slice(0, MOST_TABLES);
    const states = new Map<string, State>();
    for (let from = 0; from < sources.length; from += BATCH) {
      const batch = sources.slice(from, from + BATCH);
      const reply = await this.catalog.columns({ sources: batch });
      batch.forEach(({ database, schema, name }, at) => {
        const isFound = reply.sources[at]?.state === 'found';
        states.set(nameOf([database, schema, name]), isFound ? 'found' : 'missing');
      });
    }
    return states;
  }

  private async all(
    page: (cursor: { cursor?: string }) => Promise<{ items: { name: string }[]; nextCursor: string | null }>,
  ): Promise<string[]> {
    const names: string[] = [];
    let cursor: string | null | undefined;
    for (let count = 0; count < MOST_PAGES && cursor !== null; count += 1) {
      const reply = await page(cursor === undefined ? {} : { cursor });
      names.push(...reply.items.map(({ name }) => name));
      cursor = reply.nextCursor;
    }
    return names;
  }
}

/** A catalog that does not answer now holds up no import: what it would say is not known then. */
function unknown(error: unknown): undefined {
  if (!(error instanceof AppError)) throw error;
  return undefined;
}

function stateOf(
  { database, schema, table }: ObjectName,
  containers: Map<string, Set<string>> | undefined,
  tables: Map<string, State> | undefined,
): State {
  if (schema !== undefined && table !== undefined) return tables?.get(nameOf([database, schema, table])) ?? 'unknown';
  if (schema === undefined) return stateIn(containers?.get(''), database);
  if (containers && containers.get('')?.has(database) !== true) return 'missing';
  return stateIn(containers?.get(database), schema);
}

const stateIn = (there: Set<string> | undefined, name: string): State =>
  there === undefined ? 'unknown' : there.has(name) ? 'found' : 'missing';

function stateOfOther({ kind, name }: Need, mapping: ImportMapping): State {
  if (kind === 'warehouse' || kind === 'approver') return 'unknown';
  const given = { credential: mapping.credentials, secret: mapping.secrets, workflow: mapping.workflows };
  return kind in given && given[kind as keyof typeof given].has(name) ? 'found' : 'open';
}

function mappedTo({ kind, name }: Need, here: ObjectName | undefined, mapping: ImportMapping): string | null {
  if (here) return spelled(here) === name ? null : spelled(here);
  if (kind === 'secret') return null;
  const given: Partial<Record<Need['kind'], ReadonlyMap<string, string>>> = {
    warehouse: mapping.warehouses,
    approver: mapping.approvers,
    credential: mapping.credentials,
    workflow: mapping.workflows,
  };
  return given[kind]?.get(name) ?? null;
}
