import { Injectable } from '@nestjs/common';
import { catalogContract, type CatalogClient } from '@snowflow/contracts/catalog/catalog.contract';
import type { SourceName, TagsReply } from '@snowflow/contracts/catalog/catalog.dto';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { PinnedContext } from '@snowflow/contracts/sessions/session-record';
import type { HeldTag } from '@snowflow/contracts/workflow/outside.dto';
import type { Leaving } from '@snowflow/engine/lineage/what-leaves';
import type { Plan } from '@snowflow/engine/plan/plan';
import { plannedNode } from '@snowflow/engine/plan/planned-node';
import { definitions } from '@snowflow/nodes/definitions';
import type { TableColumn } from '@snowflow/nodes/kit/lineage';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import type { RunRow } from '../runs/runs.repository';
import { HeldTagsRepository } from './held-tags.repository';

/** Tables in one request to the catalog. */
const BATCH = 200;
const SETTING = 'An owner or admin decides that in Settings, Outside hosts.';

/** Something that may not leave, and why. */
export interface HeldBack {
  leaving: Leaving;
  message: string;
}

type TagsOf = ReadonlyMap<string, TagsReply['sources'][number]>;

/** Holds back columns whose tags forbid that they leave. What can't be told is held back too, once a tenant names any tag. */
@Injectable()
export class TagGuard {
  constructor(
    private readonly held: HeldTagsRepository,
    @InjectClient(catalogContract) private readonly catalog: CatalogClient,
  ) {}

  /** By the tags that the tables have at this moment, as the present session may read them, for a run in the context pinned to it. */
  async heldBack(tenantId: string, all: readonly Leaving[], pinned?: PinnedContext): Promise<HeldBack[]> {
    const doubtful = all.filter(({ columns, unknown }) => columns.length > 0 || unknown.length > 0);
    const held = doubtful.length === 0 ? [] : await this.held.of(tenantId);
    if (held.length === 0) return [];
    const tags = await this.tagsOf(
      doubtful.flatMap(({ columns }) => columns),
      pinned,
    );
    return doubtful.flatMap((leaving) => {
      const message = refusalOf(leaving, held, tags);
      return message === undefined ? [] : [{ leaving, message }];
    });
  }

  /** Before a step of a run does anything outside. Throws POLICY_DENIED. */
  async check({ tenant_id: tenantId, context }: RunRow, plan: Plan, nodeId: string): Promise<void> {
    const leaving = plan.leaving?.filter((one) => one.nodeId === nodeId) ?? unplanned(plan, nodeId);
    const [first] = await this.heldBack(tenantId, leaving, context);
    if (first) throw new AppError('POLICY_DENIED', first.message);
  }

  private async tagsOf(columns: readonly TableColumn[], context?: PinnedContext): Promise<TagsOf> {
    const named = new Map(columns.flatMap((column) => nameOf(column) ?? []).map((name) => [keyOf(name), name]));
    const names = [...named.values()];
    const tags = new Map<string, TagsReply['sources'][number]>();
    for (let start = 0; start < names.length; start += BATCH) {
      const sources = names.slice(start, start + BATCH);
      const reply = await this.catalog.tags({ sources, ...(context ? { context } : {}) });
      sources.forEach((name, index) => tags.set(keyOf(name), reply.sources[index] ?? 'unknown'));
    }
    return tags;
  }
}

function refusalOf({ columns, unknown }: Leaving, held: readonly HeldTag[], tags: TagsOf): string | undefined {
  for (const column of columns) {
    const name = nameOf(column);
    const found = name ? tags.get(keyOf(name)) : 'unknown';
    const table = [column.database, column.schema, column.table].filter((part) => part !== null).join('.');
    if (found === undefined || found === 'unknown') {
      return `The tags of ${table} can’t be read, so nothing of it may leave. Choose a warehouse, or a role that may read its tags.`;
    }
    const tag = found.find((one) => isOf(one.column, column.column) && isHeld(one, held));
    if (tag) {
      const what = tag.column ?? column.column;
      return `${what === null ? table : `${what} of ${table}`} has the tag ${tag.tag} (${tag.value}), and what has it may not leave. ${SETTING}`;
    }
  }
  const [why] = unknown;
  if (why === undefined) return undefined;
  return `Columns with the tag ${held[0]?.tag ?? ''} may not leave, and whether one does can’t be told here: ${why}. ${SETTING}`;
}

/** Without a column any of the table's is meant, and a tag without one is the whole table's. */
const isOf = (tagged: string | null, column: string | null) => tagged === null || column === null || tagged === column;

const isHeld = ({ tag, value }: { tag: string; value: string }, held: readonly HeldTag[]) =>
  held.some((one) => one.tag === tag && (one.value === undefined || one.value === value));

function nameOf({ database, schema, table }: TableColumn): SourceName | undefined {
  return database === null || schema === null ? undefined : { database, schema, name: table };
}

const keyOf = ({ database, schema, name }: SourceName) => JSON.stringify([database, schema, name]);

/** Of a run that was planned before anybody asked what leaves. */
function unplanned(plan: Plan, nodeId: string): Leaving[] {
  const { type, config } = plannedNode(plan, nodeId);
  const disclosures = definitions.get(type)?.discloses?.(config) ?? [];
  const unknown = ['it was planned before this was asked, so start it anew'];
  return disclosures.map(({ path }) => ({ nodeId, path, columns: [], unknown, parameters: [] }));
}
