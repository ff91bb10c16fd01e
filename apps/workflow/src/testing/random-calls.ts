import type { Plan, PlannedNode, PlanStep } from '@snowflow/engine/plan/plan';
import fc from 'fast-check';
import type { PinnedWorkflow } from '../runs/pinned-workflow';

/** How deep workflows call workflows here, and how many items a list has at most. */
const DEEPEST = 2;
const MOST_ITEMS = 3;
/** A node in a map ends by one of so many fates, by its place in the run. */
const FATES = 5;

/** A node of a scripted workflow: it sends a message, asks somebody, answers its caller, or calls another workflow once or for each item. */
export interface ScriptedNode {
  id: string;
  kind: 'send' | 'ask' | 'answer' | 'call' | 'map';
  /** Of edges into one port any must live; where a node joins, each has a port of its own. */
  from: { source: string; port: string; into: string }[];
  /** On how many of its first attempts a message fails, by fate; what somebody decides, by fate. */
  failing: readonly number[];
  decisions: readonly ('approve' | 'reject')[];
  /** How many items a message gives. */
  items: number;
  attempts: number;
  onError: 'fail' | 'branch';
  concurrency: number;
  itemErrors: 'fail' | 'continue';
  child?: ScriptedWorkflow;
}

export interface ScriptedWorkflow {
  name: string;
  nodes: readonly ScriptedNode[];
}

/** The fate of a node at its place among all steps of the run. */
export function fateOf<Fate>(fates: readonly Fate[], place: string): Fate | undefined {
  const sum = [...place].reduce((hash, letter) => (hash * 31 + letter.charCodeAt(0)) % 65_521, 7);
  return fates[sum % fates.length];
}

/** Every node that has to be decided before this one. */
export function before({ nodes }: ScriptedWorkflow, node: ScriptedNode): string[] {
  const found = new Set<string>();
  const visit = (one: ScriptedNode) => {
    for (const { source } of one.from) {
      found.add(source);
      nodes.filter(({ id }) => id === source).forEach(visit);
    }
  };
  visit(node);
  return nodes.map(({ id }) => id).filter((id) => found.has(id));
}

export const hasQuestions = ({ nodes }: ScriptedWorkflow): boolean =>
  nodes.some(({ kind, child }) => kind === 'ask' || (child !== undefined && hasQuestions(child)));

const PORTS = {
  send: ['out', 'out', 'out', 'error'],
  ask: ['approved', 'approved', 'rejected'],
  answer: ['out'],
  call: ['out', 'out', 'error'],
  map: ['out', 'out', 'error'],
} as const;

const fates = <Fate>(fate: fc.Arbitrary<Fate>) => fc.array(fate, { minLength: FATES, maxLength: FATES });

const node = (index: number, depth: number) =>
  fc.record({
    kind: fc.constantFrom('send', 'send', 'ask', ...(depth < DEEPEST ? (['call', 'map', 'map', 'map'] as const) : [])),
    edges: fc.array(fc.tuple(fc.nat(Math.max(0, index - 1)), fc.nat(11)), { maxLength: index === 0 ? 0 : 2 }),
    joins: fc.boolean(),
    failing: fates(fc.constantFrom(0, 0, 0, 0, 0, 0, 1, 9)),
    decisions: fates(fc.constantFrom('approve' as const, 'approve' as const, 'reject' as const)),
    items: fc.nat(MOST_ITEMS),
    attempts: fc.constantFrom(1, 1, 2),
    onError: fc.constantFrom('fail' as const, 'branch' as const),
    concurrency: fc.integer({ min: 1, max: 3 }),
    itemErrors: fc.constantFrom('fail' as const, 'continue' as const),
    child: depth < DEEPEST ? workflow(depth + 1) : fc.constant(undefined),
  });

type DrawnNode = Omit<ScriptedNode, 'id' | 'from'> & { edges: [number, number][]; joins: boolean };

/** A workflow that sends a list first, and whose maps go through what an earlier message gave. */
const workflow = (depth: number): fc.Arbitrary<ScriptedWorkflow> =>
  fc
    .integer({ min: 1, max: depth === 0 ? 5 : 3 })
    .chain((size) => fc.tuple(fc.boolean(), ...Array.from({ length: size }, (_, index) => node(index, depth))))
    .map(([answers, ...drawn]) => withEdges(`Depth ${depth}`, drawn, answers));

export const scriptedWorkflow: fc.Arbitrary<ScriptedWorkflow> = workflow(0);

function withEdges(name: string, drawn: readonly DrawnNode[], answers: boolean): ScriptedWorkflow {
  const nodes: ScriptedNode[] = [];
  drawn.forEach(({ edges, joins, child, ...rest }, index) => {
    const kind = index === 0 ? 'send' : rest.kind;
    const from = edges.map(([source, port], nth) => edgeOf(nodes[source], port, joins && nth > 0 ? 'beside' : 'in'));
    // Of a list that is missing a map only fails, which is worth less than items.
    if (kind === 'map') from.splice(0, 1, { source: 'n0', port: 'out', into: 'in' });
    nodes.push({ ...rest, id: `n${index}`, kind, from, ...(kind === 'call' || kind === 'map' ? { child } : {}) });
  });
  const last = nodes.at(-1);
  if (answers && last) nodes.push({ ...last, id: 'answer', kind: 'answer', from: [edgeOf(last, 0)], child: undefined });
  return { name, nodes };
}

function edgeOf(source: ScriptedNode | undefined, port: number, into = 'in'): ScriptedNode['from'][number] {
  const ports = PORTS[source?.kind ?? 'send'];
  return { source: source?.id ?? 'n0', port: ports[port % ports.length] ?? 'out', into };
}

const TYPES = {
  send: 'output.notification',
  ask: 'logic.approval',
  answer: 'output.response',
  call: 'logic.workflow',
  map: 'logic.map',
} as const;

/** The scripted workflow as a run has it pinned. */
export function pinned(script: ScriptedWorkflow): PinnedWorkflow {
  const children = script.nodes.flatMap(({ id, child }) => (child ? [[id, pinned(child)] as const] : []));
  return {
    workflowId: 'wf_0000000000000000000000',
    revision: 1,
    name: script.name,
    plan: planOf(script),
    parameters: [{ name: 'at', type: 'string' }],
    children: Object.fromEntries(children),
  };
}

function planOf(script: ScriptedWorkflow): Plan {
  return {
    version: 2,
    steps: script.nodes.map((one) => stepOf(script, one)),
    nodes: Object.fromEntries(script.nodes.map((one) => [one.id, plannedOf(one)])),
    stepsOf: Object.fromEntries(script.nodes.map(({ id }) => [id, [id]])),
    parameters: [{ name: 'at', type: 'string' }],
  };
}

function stepOf(script: ScriptedWorkflow, one: ScriptedNode): PlanStep {
  const { id, attempts, onError } = one;
  const settings = { onError, retry: { maxAttempts: attempts, backoffMs: 0 }, materialise: false };
  const dependsOn = before(script, one);
  return { id, kind: 'action', nodes: [id], endsAt: id, endsBecause: 'ACTION', columns: [], dependsOn, settings };
}

function plannedOf({ kind, from, concurrency, itemErrors }: ScriptedNode): PlannedNode {
  const called = { workflowId: 'wf_0000000000000000000000', revision: 'published' };
  const configs = {
    send: { channel: 'webhook', url: 'https://example.com', body: '{{ parameters.at }}' },
    ask: { approvers: ['role:R'], message: 'Go on?' },
    answer: {},
    call: { ...called, parameters: { at: 'called' } },
    map: { ...called, parameters: { at: '{{ item }}' }, items: 'rejected', maxItems: 10, concurrency, itemErrors },
  };
  const inputs = from.map(({ source, port, into }) => ({ port: into, source, sourcePort: port }));
  return {
    type: TYPES[kind],
    config: configs[kind],
    inputs,
    columns: [],
    ...(inputs.length > 0 ? { takesValue: true } : {}),
  };
}
