import { ELEMENT_ID, type WorkflowEdge, type WorkflowNode } from '@snowflow/contracts/documents/workflow-document';
import { hideSecrets } from '../hide-secrets';
import type { NodeReport } from '../import-report';
import type { ReadWorkflow } from '../read-file';
import { refuse } from '../transfer-fault';
import { localName, toTransfer } from '../transfer-file';
import { legacyPorts } from './legacy-ports';
import { type LegacyFlow, type LegacyNode, readLegacy } from './legacy-flow';
import { type Home, homeless, type Mover } from './legacy-home';
import { moveAgent, moveCortex, moveSupervisor } from './legacy-model';
import {
  moveCondition,
  moveExternalAgent,
  moveFileOutput,
  moveOutput,
  moveRouter,
  moveSchemaExtractor,
  moveSchemaTransformer,
} from './legacy-logic';
import { moveFileInput, moveSemanticModel, moveSource } from './legacy-source';

const MOST_NODES = 2_000;
const MOST_EDGES = 10_000;
const APART = 260;

const MOVERS: ReadonlyMap<string, Mover> = new Map<string, Mover>([
  ['snowflakeSource', moveSource],
  ['semanticModel', moveSemanticModel],
  ['fileInput', moveFileInput],
  ['agent', moveAgent],
  ['cortexAgent', moveAgent],
  ['cortex', moveCortex],
  ['supervisor', moveSupervisor],
  ['router', moveRouter],
  ['condition', moveCondition],
  ['externalAgent', moveExternalAgent],
  ['schemaExtractor', moveSchemaExtractor],
  ['schemaTransformer', moveSchemaTransformer],
  ['output', moveOutput],
  ['fileOutput', moveFileOutput],
]);

/** Workflows from flows of the earlier SnowFlow: each node where it has a home, and a report of every one. Styling and secrets stay out. */
export function convertLegacy(flows: readonly Record<string, unknown>[]): ReadWorkflow[] {
  const taken = new Set<string>();
  return flows.map((value) => {
    const flow = readLegacy(value);
    if (flow.nodes.length > MOST_NODES) throw refuse('nodes', `A workflow has at most ${MOST_NODES} nodes`);
    if (flow.edges.length > MOST_EDGES) throw refuse('edges', `A workflow has at most ${MOST_EDGES} edges`);
    const key = localName(flow.name, taken);
    taken.add(key);
    return convert(key, flow);
  });
}

/** A node of old with what it became; `ids` in the order in which rows pass them. */
interface Moved {
  node: LegacyNode;
  home: Home;
  ids: string[];
}

function convert(key: string, flow: LegacyFlow): ReadWorkflow {
  const ids = new Set<string>();
  const byId = new Map<string, LegacyNode>();
  for (const node of flow.nodes) if (!byId.has(node.id)) byId.set(node.id, node);
  const moved = flow.nodes.map((node): Moved => {
    const behind = flow.edges
      .filter(({ source }) => source === node.id)
      .flatMap(({ target }) => byId.get(target) ?? []);
    const home = (MOVERS.get(node.type) ?? unknownType)(node, behind);
    return { node, home, ids: home.nodes.map((_one, at) => freshId(at === 0 ? node.id : `${node.id}-${at}`, ids)) };
  });
  const nodes = moved.flatMap(nodesOf);
  const { edges, lost } = edgesOf(flow, moved);
  if (nodes.length > MOST_NODES) throw refuse('nodes', `It would become more than ${MOST_NODES} nodes`);
  if (edges.length > MOST_EDGES) throw refuse('edges', `It would become more than ${MOST_EDGES} edges`);
  const { name, description } = flow;
  const document = {
    schemaVersion: 1 as const,
    name,
    description,
    parameters: [],
    nodes,
    edges,
    notes: [],
    groups: [],
  };
  const workflow = hideSecrets(toTransfer(key, document), () => 'credential-1');
  const notes = ['It is of the earlier SnowFlow: sizes, colours and secrets are left out', ...lost];
  return { workflow, report: { key, name: workflow.name, notes, nodes: moved.flatMap(reportsOf) } };
}

const unknownType: Mover = ({ type }) => homeless(`It is left out: no node here does what “${type}” did`);

function nodesOf({ node, home, ids }: Moved): WorkflowNode[] {
  return home.nodes.map(({ type, config }, at) => ({
    id: ids[at] ?? '',
    type,
    label: at === 0 ? node.label : '',
    position: { x: node.position.x + at * APART, y: node.position.y },
    config,
  }));
}

function reportsOf({ node, home, ids }: Moved): NodeReport[] {
  const { label, type } = node;
  if (home.nodes.length === 0) {
    return [
      { nodeId: node.id.slice(0, 64), label, type, outcome: 'dropped', reasons: [...home.reasons], problems: [] },
    ];
  }
  return home.nodes.map((one, at) => {
    const problems = home.problems
      .filter((problem) => problem.at === at)
      .map(({ path, message }) => ({ path, message }));
    const reasons = at === 0 ? [`It was “${type}”`, ...home.reasons] : [`It is part of what “${label || node.id}” was`];
    return {
      nodeId: ids[at] ?? '',
      label: at === 0 ? label : '',
      type: one.type,
      outcome: 'changed',
      reasons,
      problems,
    };
  });
}

/** Edges within what one node became, and those of the file; `lost` tells of each that leads nowhere now. */
function edgesOf(flow: LegacyFlow, moved: readonly Moved[]): { edges: WorkflowEdge[]; lost: string[] } {
  const chains = moved.flatMap(({ ids }) => ids.slice(1).map((target, at) => ({ source: ids[at] ?? '', target })));
  const inner = chains.map(({ source, target }) => ({ source, sourcePort: 'out', target, targetPort: 'in' }));
  const lost: string[] = [];
  const find = new Map<string, Moved>();
  for (const one of moved) if (!find.has(one.node.id)) find.set(one.node.id, one);
  const outer = flow.edges.flatMap(({ source, target, handle }) => {
    const [from, to] = [find.get(source), find.get(target)];
    const [sourceId, targetId] = [from?.ids.at(-1), to?.ids[0]];
    const ports = from && to && legacyPorts(from.home, handle, to.home);
    if (sourceId === undefined || targetId === undefined || !ports) {
      lost.push(
        `The edge from “${named(from, source)}” to “${named(to, target)}” is left out: ${why(sourceId, targetId)}`,
      );
      return [];
    }
    if (ports.told) lost.push(`The edge from “${named(from, source)}” to “${named(to, target)}”: ${ports.told}`);
    return [{ source: sourceId, sourcePort: ports.sourcePort, target: targetId, targetPort: 'in' }];
  });
  return { edges: [...inner, ...outer].map((edge, at) => ({ id: `e${at + 1}`, ...edge })), lost };
}

const named = (one: Moved | undefined, id: string) => (one?.node.label || id).slice(0, 80);
const why = (source?: string, target?: string) =>
  source === undefined
    ? 'nothing is where it began'
    : target === undefined
      ? 'nothing is where it ended'
      : 'it has no port to go to';

function freshId(wanted: string, taken: Set<string>): string {
  const plain = ELEMENT_ID.test(wanted) ? wanted : wanted.replaceAll(/[^A-Za-z0-9_-]+/g, '-').slice(0, 50) || 'node';
  let id = plain;
  for (let count = 2; taken.has(id); count += 1) id = `${plain.slice(0, 50)}-${count}`;
  taken.add(id);
  return id;
}
