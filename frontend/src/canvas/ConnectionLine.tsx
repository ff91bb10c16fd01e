import { getSmoothStepPath, type ConnectionLineComponentProps } from '@xyflow/react';
import { useBuilder } from '../store/builder-store';
import type { CanvasNode } from '../store/canvas-elements';
import { refusal } from '../store/connect-rules';
import './LinkEdge.css';

/** The edge being drawn, with the reason beside the pointer where it can't end. */
export function ConnectionLine(props: ConnectionLineComponentProps<CanvasNode>) {
  const { fromX, fromY, toX, toY, fromPosition, toPosition, fromHandle, toHandle } = props;
  const [path] = getSmoothStepPath({
    sourceX: fromX,
    sourceY: fromY,
    targetX: toX,
    targetY: toY,
    sourcePosition: fromPosition,
    targetPosition: toPosition,
    borderRadius: 10,
  });
  const reason = toHandle && toHandle.type !== fromHandle.type ? reasonAgainst() : undefined;

  function reasonAgainst(): string | undefined {
    if (!toHandle) return undefined;
    const [from, to] = fromHandle.type === 'source' ? [fromHandle, toHandle] : [toHandle, fromHandle];
    return refusal(useBuilder.getState(), {
      source: from.nodeId,
      sourceHandle: from.id ?? null,
      target: to.nodeId,
      targetHandle: to.id ?? null,
    });
  }

  return (
    <g className={`connection-line ${reason ? 'connection-line-refused' : ''}`}>
      <path d={path} />
      {reason && (
        <foreignObject x={toX + 14} y={toY + 10} width={1} height={1}>
          <span className="connection-reason">{reason}</span>
        </foreignObject>
      )}
    </g>
  );
}
