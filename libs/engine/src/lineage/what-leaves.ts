import type { TableColumn } from '@snowflow/nodes/kit/lineage';
import { templatesIn } from '@snowflow/nodes/kit/text-template';
import { fieldsOf } from '../validate/declared-values';
import { type CheckedNode, nodeOf, nodesBefore, type WorkflowGraph } from '../validate/workflow-graph';
import type { LineageReader } from './follow-lineage';
import type { NodePoint } from './lineage-graph';

/** What a node lets out of the tenant, as far as can be told before it runs. Plain JSON: a plan keeps it. */
export interface Leaving {
  nodeId: string;
  /** The field of its config that says so. */
  path: string;
  /** Columns of tables that it is made of; without a column, some of the table's. */
  columns: TableColumn[];
  /** Why more of Snowflake's data may be in it. */
  unknown: string[];
  /** The workflow's parameters that may be in it. */
  parameters: string[];
}

/** All that leaves. `called`: what leaves the workflows that nodes call, by node; of that only what parameters bring in counts here. */
export function whatLeaves(
  graph: WorkflowGraph,
  reader: LineageReader,
  called: ReadonlyMap<string, readonly Leaving[]>,
): Leaving[] {
  return graph.order.flatMap((id) => {
    const checked = nodeOf(graph, id);
    const { definition, config, node } = checked;
    if (!definition || !config || node.disabled) return [];
    const own = (definition.discloses?.(config.value) ?? []).map(({ path, templates, reads }) => {
      const content = new Content(graph, reader, checked);
      content.add(templates);
      if (reads) content.addUnknown('what it reads itself is known when it runs');
      return content.leaving(path);
    });
    const given = called.get(id)?.flatMap(({ parameters }) => parameters) ?? [];
    const through = [...new Set(given)].map((name) => {
      const content = new Content(graph, reader, checked);
      content.add(templatesIn(parametersOf(node.config)[name]));
      return content.leaving(`parameters.${name}`);
    });
    return [...own, ...through];
  });
}

/** Whether anything of a document leaves by itself; what it calls is another question. */
export const disclosesSomething = ({ nodes }: WorkflowGraph): boolean =>
  [...nodes.values()].some(
    ({ definition, config, node }) =>
      !node.disabled && config && (definition?.discloses?.(config.value) ?? []).length > 0,
  );

/** What the templates of one node stand for, followed to tables. */
class Content {
  private readonly columns = new Map<string, TableColumn>();
  private readonly unknown = new Set<string>();
  private readonly parameters = new Set<string>();

  constructor(
    private readonly graph: WorkflowGraph,
    private readonly reader: LineageReader,
    private readonly checked: CheckedNode,
  ) {}

  leaving(path: string): Leaving {
    const { columns, unknown, parameters } = this;
    return {
      nodeId: this.checked.node.id,
      path,
      columns: [...columns.values()],
      unknown: [...unknown],
      parameters: [...parameters],
    };
  }

  addUnknown(why: string): void {
    this.unknown.add(why);
  }

  add(templates: readonly string[]): void {
    for (const template of templates) {
      const [group, first, field] = template.split('.');
      if (group === 'parameters') this.parameters.add(first ?? '');
      else if (group === 'nodes') this.addField(first ?? '', field ?? '');
      else if (group === 'item') this.addItem(template.slice('item.'.length) || undefined);
      else this.addValue(this.checked, first);
    }
  }

  /** Parameters that texts of earlier nodes name may be in what those give. */
  private addParametersBefore(): void {
    const before = earlier(this.graph, this.checked);
    const texts = before.map((id) => JSON.stringify(nodeOf(this.graph, id).node.config));
    for (const { name } of this.graph.document.parameters) {
      const named = new RegExp(`(?<![\\w$])${name}(?![\\w$])`, 'i');
      if (texts.some((text) => named.test(text))) this.parameters.add(name);
    }
  }

  /** Of rows that reach a node only their number is a value. */
  private addValue(checked: CheckedNode, field: string | undefined): void {
    for (const { source, targetPort } of checked.incoming) {
      if (checked.inputKinds[targetPort] === 'relation') continue;
      const before = nodeOf(this.graph, source);
      const names = fieldsOf(before).map(({ name }) => name);
      const chosen = field !== undefined && names.includes(field) ? [field] : names;
      for (const name of chosen) this.addField(source, name);
      if (before.definition?.passes || before.node.disabled) this.addValue(before, field);
    }
  }

  private addField(nodeId: string, name: string): void {
    const giver = this.graph.nodes.get(nodeId);
    if (giver && !isOwn(giver, name)) this.addPoint({ kind: 'field', nodeId, name }, giver);
  }

  /** One row, or one element of a list. */
  private addItem(field: string | undefined): void {
    const { inputKinds, inputColumns, incoming } = this.checked;
    if (inputKinds['in'] !== 'relation') return this.addValue(this.checked, undefined);
    for (const [index, { source }] of incoming.entries()) {
      const known = inputColumns['in']?.[index];
      if (!known) this.addUnknown('the columns that reach it are not known');
      const named = known?.filter(({ name }) => name.toUpperCase() === field?.toUpperCase()) ?? [];
      for (const { name } of named.length > 0 ? named : (known ?? [])) this.addColumn(source, name);
    }
  }

  private addColumn(nodeId: string, name: string): void {
    const giver = nodeOf(this.graph, nodeId);
    if (this.reader.graph.columns.get(nodeId)?.includes(name)) this.addPoint({ kind: 'column', nodeId, name }, giver);
    else this.addUnknown(`what ${name} of “${giver.node.label}” is made of can’t be told`);
  }

  private addPoint(point: NodePoint, giver: CheckedNode): void {
    this.addParametersBefore();
    const { tables, unknown } = this.reader.madeOf(point);
    for (const column of tables) this.columns.set(JSON.stringify(column), column);
    if (unknown.length > 0 && holdsData(this.graph, giver)) {
      this.addUnknown(`what ${point.name} of “${giver.node.label}” is made of can’t be told`);
    }
  }
}

function isOwn({ definition, config }: CheckedNode, field: string): boolean {
  const own = (config && definition?.ownFields?.(config.value)) ?? [];
  return own.includes(field);
}

/** Whether data of Snowflake reached a node: in rows, in a value, or by what it reads itself. */
function holdsData(graph: WorkflowGraph, checked: CheckedNode): boolean {
  const { definition, config, ports, incoming, inputKinds, references } = checked;
  if (config && definition?.readsData?.(config.value)) return true;
  if (incoming.some(({ targetPort }) => inputKinds[targetPort] === 'relation')) return true;
  if (ports.inputs.length === 0 && ports.outputs.some(({ kind }) => kind === 'relation')) return true;
  const given = incoming.flatMap(({ source }) => {
    const before = nodeOf(graph, source);
    const passed = before.definition?.passes || before.node.disabled ? [before] : [];
    return fieldsOf(before).some(({ name }) => !isOwn(before, name)) ? [before] : passed;
  });
  const named = references.flatMap(({ node, field }) => {
    const before = nodeOf(graph, node);
    return isOwn(before, field) ? [] : [before];
  });
  return [...given, ...named].some((before) => holdsData(graph, before));
}

function earlier(graph: WorkflowGraph, checked: CheckedNode): string[] {
  const found = new Set<string>();
  const queue = nodesBefore(checked);
  for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
    if (found.has(id)) continue;
    found.add(id);
    queue.push(...nodesBefore(nodeOf(graph, id)));
  }
  return [...found];
}

/** What a node gives the workflow that it calls. */
function parametersOf(config: Record<string, unknown>): Readonly<Record<string, unknown>> {
  const { parameters } = config;
  return typeof parameters === 'object' && parameters !== null ? { ...parameters } : {};
}
