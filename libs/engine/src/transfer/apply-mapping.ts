import { type NodeReport, tellChange } from './import-report';
import { isFields } from './hide-secrets';
import { fillInSql, fillPlaceholders, type Placeholder, placeholdersIn } from './placeholders';
import { type ImportMapping, mapped, spelled } from './name-mapping';
import { renameInSql } from './names-in-sql';
import { SQL_FIELDS, THIRD_NAMES } from './named-fields';
import type { TransferWorkflow } from './transfer-file';
import { renameCalls } from './workflow-references';

type Fields = Record<string, unknown>;
type Tell = (reason: string) => void;

/** A workflow as it is where it is imported; `reports` hear, node by node, what was named otherwise and what is still to be chosen. */
export function applyMapping(
  workflow: TransferWorkflow,
  mapping: ImportMapping,
  reports: readonly NodeReport[],
): TransferWorkflow {
  const byId = new Map(reports.filter(({ outcome }) => outcome !== 'dropped').map((one) => [one.nodeId, one]));
  const fill = (text: string) => fillPlaceholders(text, (one) => given(one, mapping));
  return {
    ...workflow,
    description: fill(workflow.description),
    parameters: workflow.parameters.map((parameter) =>
      typeof parameter.default === 'string' ? { ...parameter, default: fill(parameter.default) } : parameter,
    ),
    notes: workflow.notes.map((note) => ({ ...note, text: fill(note.text) })),
    nodes: workflow.nodes.map((node) => {
      const report = byId.get(node.id);
      const tell: Tell = (reason) => report && tellChange(report, reason);
      const called = renameCalls(node.config, (call) => resolvedCall(call, mapping, tell));
      return { ...node, config: new Mapper(mapping, tell).fields(called) };
    }),
  };
}

/** A call keeps its revision where the workflow travels with it; of another workflow the number would mean nothing. */
function resolvedCall(call: Fields, mapping: ImportMapping, tell: Tell): Fields {
  const [named] = placeholdersIn(String(call['workflowId']));
  if (named?.kind !== 'workflow') return call;
  const id = mapping.workflows.get(named.name);
  const { workflowId: _, ...rest } = call;
  if (id === undefined) tell(`The workflow that it calls, “${named.name}”, is still to be chosen`);
  const travels = typeof call['revision'] !== 'number' || call['revision'] === 1;
  if (!travels) tell('It calls the published revision: a number from elsewhere means nothing here');
  return { ...rest, ...(id === undefined ? {} : { workflowId: id }), ...(travels ? {} : { revision: 'published' }) };
}

function given({ kind, name }: Placeholder, { credentials, secrets, workflows }: ImportMapping): string | undefined {
  return { credential: credentials, secret: secrets, workflow: workflows }[kind].get(name);
}

class Mapper {
  constructor(
    private readonly mapping: ImportMapping,
    private readonly tell: Tell,
  ) {}

  fields(fields: Fields): Fields {
    const named = this.names(fields);
    return Object.fromEntries(
      Object.entries(named).flatMap(([key, value]): [string, unknown][] => {
        const after = this.value(value, key);
        return after === undefined ? [] : [[key, after]];
      }),
    );
  }

  /** Undefined where what stands there can't be there without what is still to be chosen. */
  private value(value: unknown, key: string): unknown {
    if (typeof value === 'string') return this.text(value, key);
    if (Array.isArray(value)) {
      const items: unknown[] = value;
      return key === 'headers' ? this.headers(items) : items.map((item) => this.value(item, key) ?? '');
    }
    return isFields(value) ? this.fields(value) : value;
  }

  private headers(items: readonly unknown[]): unknown[] {
    return items.flatMap((item) => {
      const open = isFields(item) ? this.open(String(item['value'])) : [];
      if (open.length === 0) return [this.value(item, 'header')];
      this.tell(`The header ${String((item as Fields)['name'])} is left out: its value is still to be given`);
      return [];
    });
  }

  private text(text: string, key: string): string | undefined {
    if (key === 'approvers' || key === 'escalateTo') return this.approver(text);
    const open = this.open(text);
    if (open.length > 0 && key === 'credentialId') {
      this.tell('Its credential is still to be chosen');
      return undefined;
    }
    if (open.length > 0 && (key === 'url' || key === 'server')) {
      this.tell('Its address held a secret and is still to be given');
      return '';
    }
    if (open.length > 0) this.tell(`A secret in “${key}” is still to be given`);
    const known = (one: Placeholder) => given(one, this.mapping);
    return SQL_FIELDS.has(key) ? this.sql(fillInSql(text, known)) : fillPlaceholders(text, known);
  }

  private open(text: string): Placeholder[] {
    return placeholdersIn(text).filter((one) => given(one, this.mapping) === undefined);
  }

  private approver(name: string): string {
    const other = this.mapping.approvers.get(name);
    if (other === undefined || other === name) return name;
    this.tell(`${other} decides instead of ${name}`);
    return other;
  }

  private sql(sql: string): string {
    return renameInSql(sql, (name) => {
      const other = mapped(name, this.mapping);
      if (spelled(other) !== spelled(name)) this.tell(`${spelled(name)} became ${spelled(other)}`);
      return other;
    });
  }

  private names(fields: Fields): Fields {
    const { database, schema, warehouse } = fields;
    const warehouses = typeof warehouse === 'string' ? this.mapping.warehouses.get(warehouse) : undefined;
    const more = warehouses === undefined ? {} : { warehouse: warehouses };
    if (typeof database !== 'string' || database === '') return { ...fields, ...more };
    const third = THIRD_NAMES.find((key) => typeof fields[key] === 'string');
    const before = {
      database,
      ...(typeof schema === 'string' ? { schema } : {}),
      ...(third === undefined ? {} : { table: String(fields[third]) }),
    };
    const after = mapped(before, this.mapping);
    if (spelled(after) === spelled(before)) return { ...fields, ...more };
    this.tell(`${spelled(before)} became ${spelled(after)}`);
    return {
      ...fields,
      ...more,
      database: after.database,
      ...(after.schema === undefined ? {} : { schema: after.schema }),
      ...(third === undefined || after.table === undefined ? {} : { [third]: after.table }),
    };
  }
}
