import {
  workflowDocument,
  type WorkflowDocument,
  type WorkflowEdge,
} from '@snowflow/contracts/documents/workflow-document';
import { definitions } from '@snowflow/nodes/definitions';
import type { Stage } from './stages';

/** Where the next node is joined to. */
export interface End {
  node: string;
  port: string;
}

/** A document while nodes are added to it. */
export class Drawing {
  private readonly nodes: WorkflowDocument['nodes'];
  private edges: WorkflowEdge[];

  constructor(private readonly before: WorkflowDocument) {
    this.nodes = [...before.nodes];
    this.edges = [...before.edges];
  }

  /** Adds a node behind others, its inputs by port. */
  add({ type, config }: Stage, inputs: Record<string, End> = {}): End {
    const id = this.freeId(type.split('.').at(-1) ?? 'node', this.nodes);
    this.nodes.push({ id, type, label: definitions.get(type)?.title ?? type, position: { x: 0, y: 0 }, config });
    for (const [port, from] of Object.entries(inputs)) this.join(from, { node: id, port });
    return { node: id, port: 'out' };
  }

  /** Puts steps one after the other behind an end; what stood there then stands behind the last. */
  insert(stages: readonly Stage[], end: End): End {
    const after = this.edges.filter(({ source, sourcePort }) => source === end.node && sourcePort === end.port);
    const last = stages.reduce((at, stage) => this.add(stage, { in: at }), end);
    if (last !== end) this.turn(after, last);
    return last;
  }

  /** Lets edges begin elsewhere. */
  turn(edges: readonly WorkflowEdge[], to: End): void {
    const ids = new Set(edges.map(({ id }) => id));
    this.edges = this.edges.map((edge) =>
      ids.has(edge.id) ? { ...edge, source: to.node, sourcePort: to.port } : edge,
    );
  }

  configure(id: string, config: Record<string, unknown>): void {
    const index = this.nodes.findIndex((node) => node.id === id);
    const node = this.nodes[index];
    if (node) this.nodes[index] = { ...node, config: { ...node.config, ...config } };
  }

  /** Takes a node out and joins its neighbours. */
  remove(id: string): void {
    const into = this.edges.find(({ target }) => target === id);
    const rest = this.edges.filter(({ target }) => target !== id);
    this.edges = into
      ? rest.map((edge) => (edge.source === id ? { ...edge, source: into.source, sourcePort: into.sourcePort } : edge))
      : rest.filter(({ source }) => source !== id);
    this.nodes.splice(0, this.nodes.length, ...this.nodes.filter((node) => node.id !== id));
  }

  leaving(end: End): WorkflowEdge[] {
    return this.edges.filter(({ source, sourcePort }) => source === end.node && sourcePort === end.port);
  }

  /** The one place where the document's rows come out; undefined where there are several. */
  get end(): End | undefined {
    const isOutput = ({ target }: WorkflowEdge) => this.node(target)?.type.startsWith('output.') === true;
    const before = this.edges.filter(isOutput).map(({ source, sourcePort }) => ({ node: source, port: sourcePort }));
    const open = this.nodes
      .filter(({ id, type }) => !type.startsWith('output.') && !this.edges.some(({ source }) => source === id))
      .map(({ id }) => ({ node: id, port: 'out' }));
    const ends = new Map([...before, ...open].map((one) => [`${one.node} ${one.port}`, one]));
    return ends.size === 1 ? [...ends.values()][0] : undefined;
  }

  node(id: string) {
    return this.nodes.find((node) => node.id === id);
  }

  ofType(type: string) {
    return this.nodes.filter((node) => node.type === type);
  }

  get document(): WorkflowDocument {
    return workflowDocument.parse({ ...this.before, nodes: this.nodes, edges: this.edges });
  }

  private join(from: End, to: End): void {
    const [source, target] = [from.node, to.node];
    const id = this.freeId('e', this.edges);
    this.edges.push({ id, source, sourcePort: from.port, target, targetPort: to.port });
  }

  private freeId(base: string, among: readonly { id: string }[]): string {
    const taken = new Set(among.map(({ id }) => id));
    for (let count = 1; ; count++) if (!taken.has(`${base}${count}`)) return `${base}${count}`;
  }
}
