import type { Problem } from '@snowflow/contracts/documents/problem';
import type { CheckedNode } from './workflow-graph';

type Nodes = ReadonlyMap<string, CheckedNode>;

/** A topological order that follows the document's; a problem for each cycle, naming its nodes. */
export function findOrder(nodes: Nodes): { order: string[]; problems: Problem[] } {
  const before = new Map([...nodes].map(([id, checked]) => [id, everyBefore(checked)]));
  const after = new Map<string, string[]>();
  for (const [id, sources] of before) {
    for (const source of sources) after.set(source, [...(after.get(source) ?? []), id]);
  }
  const open = new Map([...before].map(([id, sources]) => [id, sources.length]));
  const order = [...nodes.keys()].filter((id) => open.get(id) === 0);
  for (let at = 0; at < order.length; at++) {
    for (const target of after.get(order[at] ?? '') ?? []) {
      const left = (open.get(target) ?? 0) - 1;
      open.set(target, left);
      if (left === 0) order.push(target);
    }
  }
  if (order.length === nodes.size) return { order, problems: [] };
  const rest = new Set(nodes.keys());
  order.forEach((id) => rest.delete(id));
  return { order, problems: cyclesAmong(before, rest).map(cycleProblem(nodes)) };
}

/** A disabled node's edges count too: it may be enabled again, and no cycle should come of it. */
function everyBefore(checked: CheckedNode): string[] {
  return [...checked.incoming.map(({ source }) => source), ...checked.references.map(({ node }) => node)];
}

/** Every node of `rest` has a predecessor in it, so walking backwards from any of them ends in a cycle. */
function cyclesAmong(before: ReadonlyMap<string, string[]>, rest: ReadonlySet<string>): string[][] {
  const done = new Set<string>();
  const cycles: string[][] = [];
  for (const start of rest) {
    const path: string[] = [];
    const onPath = new Set<string>();
    let at: string | undefined = start;
    while (at !== undefined && !done.has(at) && !onPath.has(at)) {
      path.push(at);
      onPath.add(at);
      at = before.get(at)?.find((source) => rest.has(source));
    }
    if (at !== undefined && onPath.has(at)) cycles.push(path.slice(path.indexOf(at)).toReversed());
    path.forEach((id) => done.add(id));
  }
  return cycles;
}

function cycleProblem(nodes: Nodes): (cycle: string[]) => Problem {
  return (cycle) => {
    const [first] = cycle;
    const names = [...cycle, ...cycle.slice(0, 1)].map((id) => nodes.get(id)?.node.label || id);
    return {
      severity: 'error',
      code: 'CYCLE',
      ...(first === undefined ? {} : { nodeId: first }),
      message: `These nodes feed each other in a circle: ${names.join(' → ')}`,
      suggestion: 'Take one of the edges away',
    };
  };
}
