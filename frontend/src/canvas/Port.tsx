import { Handle, Position } from '@xyflow/react';
import type { Port as PortSpec } from '@snowflow/nodes/kit/node-definition';
import { useBuilder } from '../store/builder-store';
import { refusal } from '../store/connect-rules';
import type { BuilderState } from '../store/store-types';

interface PortProps {
  node: string;
  port: PortSpec;
  side: 'source' | 'target';
  index: number;
  count: number;
  /** The node has it no more; nothing new can be drawn to it. */
  lost: boolean;
}

/** How a port answers an edge that is being drawn: nothing is drawn, it fits, it does not, or it is where the edge starts. */
const selectFit =
  (node: string, port: string, side: 'source' | 'target') =>
  (state: BuilderState): 'idle' | 'fits' | 'refuses' | 'start' => {
    const { drawing } = state;
    if (!drawing) return 'idle';
    if (drawing.node === node && drawing.port === port && drawing.side === side) return 'start';
    if (drawing.side === side) return 'refuses';
    const [from, to] = side === 'target' ? [drawing, { node, port }] : [{ node, port }, drawing];
    const wanted = { source: from.node, sourceHandle: from.port, target: to.node, targetHandle: to.port };
    return refusal(state, wanted) === undefined ? 'fits' : 'refuses';
  };

/** A typed port: square for tables, round for values; shape, not only hue, tells them apart. */
export function Port({ node, port, side, index, count, lost }: PortProps) {
  const fit = useBuilder(selectFit(node, port.id, side));
  const top = `${((index + 1) / (count + 1)) * 100}%`;
  return (
    <Handle
      id={port.id}
      type={side}
      position={side === 'source' ? Position.Right : Position.Left}
      className={`port port-${port.kind} port-${fit}${lost ? ' port-lost' : ''}`}
      isConnectable={!lost}
      style={{ top }}
      title={`${side === 'source' ? 'Output' : 'Input'} ${port.label ?? port.id}`}
    >
      {count > 1 && <span className={`port-label port-label-${side}`}>{port.label ?? port.id}</span>}
    </Handle>
  );
}
