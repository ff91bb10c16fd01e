import type { Port as PortSpec } from '@snowflow/nodes/kit/node-definition';
import { useReactFlow, useUpdateNodeInternals } from '@xyflow/react';
import { useEffect } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { useBuilder } from '../store/builder-store';
import { selectLostPorts, withLostPorts } from '../store/selectors/lost-ports';
import { Port } from './Port';

interface PortsProps {
  node: string;
  ports: readonly PortSpec[];
  side: 'source' | 'target';
}

/** The ports of one side. One that is gone stays as long as an edge hangs on it, so that the edge can be seen and moved. */
export function Ports({ node, ports, side }: PortsProps) {
  const lost = useBuilder(useShallow(selectLostPorts(node, side, ports)));
  const measure = useUpdateNodeInternals();
  const { getInternalNode } = useReactFlow();
  const all = withLostPorts(ports, lost);
  const names = all.map(({ id }) => id).join(' ');

  // React Flow measures where ports stand only when a node is new or changes its size. One that is new is left to it:
  // it measures all of them at once, where each of us would have the whole canvas drawn again.
  useEffect(() => {
    if (getInternalNode(node)?.internals.handleBounds) measure(node);
  }, [measure, getInternalNode, node, names]);

  return all.map((port, index) => (
    <Port
      key={port.id}
      node={node}
      port={port}
      side={side}
      index={index}
      count={all.length}
      lost={index >= ports.length}
    />
  ));
}
