import { isFields } from './hide-secrets';
import { type ObjectName, spelled } from './name-mapping';
import { SQL_FIELDS, THIRD_NAMES } from './named-fields';
import { namesInSql } from './names-in-sql';
import { placeholdersIn } from './placeholders';
import type { TransferWorkflow } from './transfer-file';

export const NEED_KINDS = [
  'database',
  'schema',
  'table',
  'warehouse',
  'approver',
  'credential',
  'secret',
  'workflow',
] as const;
export type NeedKind = (typeof NEED_KINDS)[number];

/** Something of its home that a file names: where it is imported it may be called otherwise, or be missing. */
export interface Need {
  kind: NeedKind;
  name: string;
  usedBy: { key: string; nodeId: string }[];
  /** Of databases, schemas and tables. */
  object?: ObjectName;
}

/** All that the workflows of a file need of the place where they are imported, each once; what the file itself holds is none. */
export function needsOf(workflows: readonly TransferWorkflow[]): Need[] {
  const needs = new Map<string, Need>();
  const inside = new Set(workflows.map(({ key }) => key));
  const add = (kind: NeedKind, name: string, usedBy: Need['usedBy'][number], object?: ObjectName) => {
    if (kind === 'workflow' && inside.has(name)) return;
    const need = needs.get(`${kind} ${name}`) ?? { kind, name, usedBy: [], ...(object ? { object } : {}) };
    if (!need.usedBy.some((use) => use.key === usedBy.key && use.nodeId === usedBy.nodeId)) need.usedBy.push(usedBy);
    needs.set(`${kind} ${name}`, need);
  };
  for (const { key, nodes, ...rest } of workflows) {
    visit({ ...rest, key: '' }, '', (kind, name, object) => add(kind, name, { key, nodeId: '' }, object));
    for (const node of nodes) {
      visit(node.config, '', (kind, name, object) => add(kind, name, { key, nodeId: node.id }, object));
    }
  }
  return [...needs.values()].sort((a, b) => NEED_KINDS.indexOf(a.kind) - NEED_KINDS.indexOf(b.kind));
}

type Found = (kind: NeedKind, name: string, object?: ObjectName) => void;

function visit(value: unknown, key: string, found: Found): void {
  if (typeof value === 'string') {
    if (key === 'approvers' || key === 'escalateTo') found('approver', value);
    if (key === 'warehouse' && value !== '') found('warehouse', value);
    if (SQL_FIELDS.has(key)) for (const name of namesInSql(value)) tellObject(name, 'table', found);
    for (const { kind, name } of placeholdersIn(value)) found(kind, name);
  } else if (Array.isArray(value)) {
    for (const item of value) visit(item, key, found);
  } else if (isFields(value)) {
    const { database, schema } = value;
    const third = THIRD_NAMES.find((one) => typeof value[one] === 'string' && value[one] !== '');
    if (typeof database === 'string' && database !== '') {
      const name = {
        database,
        ...(typeof schema === 'string' && schema !== '' ? { schema } : {}),
        ...(third === undefined ? {} : { table: String(value[third]) }),
      };
      // What is written need not be there, and what Cortex serves is no table.
      tellObject(name, third === 'table' && value['mode'] === undefined ? 'table' : 'schema', found);
    }
    for (const [inner, one] of Object.entries(value)) visit(one, inner, found);
  }
}

function tellObject({ database, schema, table }: ObjectName, upTo: 'schema' | 'table', found: Found): void {
  found('database', spelled({ database }), { database });
  if (schema === undefined) return;
  found('schema', spelled({ database, schema }), { database, schema });
  if (table !== undefined && upTo === 'table') {
    found('table', spelled({ database, schema, table }), { database, schema, table });
  }
}
