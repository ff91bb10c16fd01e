import { nameOf } from '@snowflow/contracts/policies/qualified-name';
import type { NodeDefinition, SqlField } from '@snowflow/nodes/kit/node-definition';
import type { SqlParser } from '../sql/sql-parser';
import { modelsIn, type NamingPlace, objectsOf, wholeName } from './policy-faults';

/** Something that leaves the tenant: by whom it is carried, and the host or address that gets it. */
export interface Sending {
  by: 'webhook' | 'email' | 'call';
  to: string;
}

/** What running something reads, writes, sends and asks, as far as it says so itself. */
export interface Effects {
  reads: string[];
  writes: { table: string; mode: string }[];
  sends: Sending[];
  models: string[];
}

/** What effects are told from in a node. */
export interface ActingNode {
  definition: Pick<NodeDefinition, 'group' | 'leaves'> | undefined;
  config: unknown;
  fields: readonly SqlField[];
  parameters: readonly { name: string; type: string }[];
}

/** What nodes do, each thing once, in one order: the same work always gives the same text. */
export function effectsOf(nodes: readonly ActingNode[], place: NamingPlace, parser: SqlParser | undefined): Effects {
  return mergedEffects(nodes.map((node) => ofNode(node, place, parser)));
}

/** The effects of several things as those of one. */
export function mergedEffects(all: readonly Effects[]): Effects {
  return {
    reads: distinct(all.flatMap(({ reads }) => reads)),
    writes: distinct(all.flatMap(({ writes }) => writes)),
    sends: distinct(all.flatMap(({ sends }) => sends)),
    models: distinct(all.flatMap(({ models }) => models)),
  };
}

function ofNode(node: ActingNode, place: NamingPlace, parser: SqlParser | undefined): Effects {
  const { definition, config } = node;
  const isOutput = definition?.group === 'output';
  const sql = node.fields.flatMap((field) => objectsOf(field, node.parameters, parser) ?? []);
  const inSql = sql.flatMap(({ tables, semanticViews, functions }) => [...tables, ...semanticViews, ...functions]);
  const byName = sql.flatMap(({ readers }) => readers.map((name) => `what ${name} names`));
  const named = isOutput ? [] : namedIn(config);
  const asked = modelsIn(config).map(({ model }) => model);
  return {
    reads: [
      ...[...named, ...inSql.map((parts) => wholeName(parts, place))].map(nameOf),
      ...byName,
      ...(readsAnything(config) ? ['all that the role may read'] : []),
    ],
    writes: isOutput ? writesOf(config) : [],
    sends: [...notified(config), ...called(node)],
    models: [...asked, ...sql.flatMap(({ models }) => models.map((model) => model ?? 'a model named when it runs'))],
  };
}

/** Every object that a config names by database and schema, however deep; a schema without a name stands for all in it. */
function namedIn(config: unknown): string[][] {
  if (typeof config !== 'object' || config === null) return [];
  const { database, schema, table, view, name, service, source } = config as Record<string, unknown>;
  const deeper = Object.values(config).flatMap(namedIn);
  if (typeof database !== 'string' || typeof schema !== 'string') return deeper;
  const last = [table, view, source, service, name].find((one) => typeof one === 'string');
  return [[database, schema, ...(typeof last === 'string' ? [last] : [])], ...deeper];
}

/** A tool of an agent that writes SQL itself, with no schemas to keep to. */
function readsAnything(config: unknown): boolean {
  if (typeof config !== 'object' || config === null) return false;
  const { kind, schemas } = config as Record<string, unknown>;
  const isFree = kind === 'sql' && !(Array.isArray(schemas) && schemas.length > 0);
  return isFree || Object.values(config).some(readsAnything);
}

function writesOf(config: unknown): Effects['writes'] {
  const { mode } = config as Record<string, unknown>;
  return namedIn(config).map((parts) => ({ table: nameOf(parts), mode: typeof mode === 'string' ? mode : 'write' }));
}

/** Webhooks and emails say in their config whom they reach. */
function notified(config: unknown): Sending[] {
  const { channel, url, to } = config as Record<string, unknown>;
  if (channel === 'email' && Array.isArray(to)) return to.map((address) => ({ by: 'email', to: String(address) }));
  return channel === 'webhook' ? [{ by: 'webhook', to: hostOf(url) }] : [];
}

function called({ definition, config }: ActingNode): Sending[] {
  return (definition?.leaves?.(config) ?? []).map(({ url }) => ({ by: 'call', to: hostOf(url) }));
}

const hostOf = (url: unknown) => (typeof url === 'string' && URL.canParse(url) ? new URL(url).host : 'an unknown host');

function distinct<One>(all: readonly One[]): One[] {
  const byText = new Map(all.map((one) => [JSON.stringify(one), one]));
  return [...byText.keys()].toSorted().map((text) => byText.get(text) as One);
}
