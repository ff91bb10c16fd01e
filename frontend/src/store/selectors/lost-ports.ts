import type { Port } from '@snowflow/nodes/kit/node-definition';
import type { CanvasEdge } from '../canvas-elements';
import type { BuilderState } from '../store-types';

type Side = 'source' | 'target';

/** The ports that edges name, by side and node. Read once for all nodes, since each of them asks at every change. */
const named = new WeakMap<readonly CanvasEdge[], Record<Side, Map<string, Set<string>>>>();

function portsNamedBy(edges: readonly CanvasEdge[]) {
  const before = named.get(edges);
  if (before) return before;
  const ports = { source: new Map<string, Set<string>>(), target: new Map<string, Set<string>>() };
  const note = (side: Side, node: string, port: string | null | undefined) => {
    if (port) ports[side].set(node, (ports[side].get(node) ?? new Set()).add(port));
  };
  for (const { source, sourceHandle, target, targetHandle } of edges) {
    note('source', source, sourceHandle);
    note('target', target, targetHandle);
  }
  named.set(edges, ports);
  return ports;
}

/** The ports on one side of a node that edges name and the node has no more. */
export const selectLostPorts =
  (node: string, side: Side, ports: readonly Port[]) =>
  ({ edges }: Pick<BuilderState, 'edges'>): string[] =>
    [...(portsNamedBy(edges)[side].get(node) ?? [])].filter((id) => !ports.some((port) => port.id === id));

/** A node's ports on one side, and after them those that are gone. */
export function withLostPorts(ports: readonly Port[], lost: readonly string[]): Port[] {
  return [...ports, ...lost.map((id): Port => ({ id, kind: 'either', label: `${id} (gone)` }))];
}
