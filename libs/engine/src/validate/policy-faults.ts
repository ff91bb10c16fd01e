import {
  deniedKind,
  deniedModel,
  deniedNodeType,
  deniedObject,
  deniedOpaque,
  deniedTarget,
  deniedUnnamedModel,
  deniedUnqualified,
  deniedWriteMode,
  type Denial,
} from '@snowflow/contracts/policies/policy-rules';
import type { TenantPolicies } from '@snowflow/contracts/policies/tenant-policies';
import type { NodeDefinition, SqlField } from '@snowflow/nodes/kit/node-definition';
import type { SqlObjects } from '../sql/sql-objects';
import type { SqlParser } from '../sql/sql-parser';
import { plainText } from './check-sql';

/** Where names with fewer parts are looked for. */
export interface NamingPlace {
  database: string | null;
  schema: string | null;
}

/** Something in a node that the tenant does not allow, at the field that says so; without one it is the node itself. */
export interface PolicyFault extends Denial {
  path?: string;
}

/** What a policy looks at in a node. */
export interface PolicedNode {
  type: string;
  definition: Pick<NodeDefinition, 'group'> | undefined;
  config: unknown;
  fields: readonly SqlField[];
  parameters: readonly { name: string; type: string }[];
  /** Of the source that it reads, where it is known. */
  kind?: string;
}

/** What the tenant does not allow of a node, by what its config says. What its statement resolves to is checked when it runs. */
export function policyFaults(
  policies: TenantPolicies,
  node: PolicedNode,
  place: NamingPlace,
  parser: SqlParser | undefined,
): PolicyFault[] {
  const type = deniedNodeType(policies, node.type);
  return [
    ...(type ? [type] : []),
    ...tableFaults(policies, node),
    ...modelsIn(node.config).flatMap(({ path, model }) => at(path, deniedModel(policies, model))),
    ...node.fields.flatMap((field) => sqlFaults(policies, field, node, place, parser)),
  ];
}

/** The tables and views that a node names to read from, in its config or its SQL, each by all parts of its name. */
export function tablesRead(node: PolicedNode, place: NamingPlace, parser: SqlParser | undefined): string[][] {
  const { database, schema, table } = node.config as Record<string, unknown>;
  const isNamed =
    node.definition?.group === 'source' && [database, schema, table].every((one) => typeof one === 'string');
  const inSql = node.fields.flatMap((field) => objectsOf(field, node.parameters, parser)?.tables ?? []);
  return [
    ...(isNamed ? [[database, schema, table].map(String)] : []),
    ...inSql.map((parts) => wholeName(parts, place)),
  ];
}

function tableFaults(policies: TenantPolicies, { config, definition, kind }: PolicedNode): PolicyFault[] {
  const { database, schema, table, view, name, mode } = config as Record<string, unknown>;
  if (typeof database !== 'string' || typeof schema !== 'string') return [];
  const [field, last] = [['table', table] as const, ['view', view] as const, ['name', name] as const].find(
    ([, value]) => typeof value === 'string',
  ) ?? ['schema', undefined];
  const parts = [database, schema, ...(typeof last === 'string' ? [last] : [])];
  const named = definition?.group === 'output' ? deniedTarget(policies, parts) : deniedObject(policies, parts);
  const opaque = field === 'view' && !named ? deniedOpaque(policies, parts) : undefined;
  const ofKind = definition?.group === 'source' && kind !== undefined ? deniedKind(policies, kind) : undefined;
  const byMode =
    definition?.group === 'output' && typeof mode === 'string' ? deniedWriteMode(policies, mode) : undefined;
  return [...at(named ? 'database' : field, named), ...at('mode', byMode), ...at(field, opaque), ...at(field, ofKind)];
}

function sqlFaults(
  policies: TenantPolicies,
  field: SqlField,
  { parameters }: PolicedNode,
  place: NamingPlace,
  parser: SqlParser | undefined,
): PolicyFault[] {
  const objects = objectsOf(field, parameters, parser);
  if (!objects) return [];
  return objectDenials(policies, objects, place).map((denial) => ({ ...denial, path: field.path }));
}

/** What a field of SQL names; undefined where it can't be read. */
export function objectsOf(field: SqlField, parameters: PolicedNode['parameters'], parser: SqlParser | undefined) {
  const text = parser && plainText(field, parameters);
  return text === undefined ? undefined : parser?.objectsIn(field.kind === 'query' ? text : `SELECT ${text}`);
}

/** What the tenant does not allow of what a statement names. */
function objectDenials(policies: TenantPolicies, objects: SqlObjects, place: NamingPlace): Denial[] {
  const whole = (parts: readonly string[]) => wholeName(parts, place);
  return [
    ...objects.tables.map((table) => deniedObject(policies, whole(table))),
    ...objects.semanticViews.map((view) => deniedOpaque(policies, whole(view))),
    ...objects.functions.map(whole).map((name) => deniedFunction(policies, name)),
    ...objects.unqualified.map((name) => deniedUnqualified(policies, name)),
    ...objects.readers.map((name) => deniedOpaque(policies, [name])),
    ...objects.models.map((model) => (model === null ? deniedUnnamedModel(policies) : deniedModel(policies, model))),
  ].flatMap((denial) => denial ?? []);
}

/** A name with all its parts, as far as the place knows them. */
export function wholeName(parts: readonly string[], { database, schema }: NamingPlace): string[] {
  const before = [database ?? '', schema ?? ''].slice(0, Math.max(0, 3 - parts.length));
  return [...before, ...parts];
}

/** Functions of SNOWFLAKE read nothing of the account but what they are given; others may read anything. */
function deniedFunction(policies: TenantPolicies, name: readonly string[]): Denial | undefined {
  return name[0] === 'SNOWFLAKE' ? undefined : deniedOpaque(policies, name);
}

/** Every setting called “model”, however deep. */
export function modelsIn(config: unknown, path = ''): { path: string; model: string }[] {
  if (typeof config !== 'object' || config === null) return [];
  return Object.entries(config).flatMap(([key, value]: [string, unknown]) => {
    const here = path === '' ? key : `${path}.${key}`;
    if (key === 'model' && typeof value === 'string' && value !== '') return [{ path: here, model: value }];
    return modelsIn(value, here);
  });
}

const at = (path: string, denial: Denial | undefined): PolicyFault[] => (denial ? [{ ...denial, path }] : []);
