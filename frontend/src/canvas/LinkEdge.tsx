import { BaseEdge, getSmoothStepPath, type EdgeProps } from '@xyflow/react';
import { memo, useState } from 'react';
import { useBuilder } from '../store/builder-store';
import type { CanvasEdge } from '../store/canvas-elements';
import { selectEdgeLook } from '../store/selectors/edge-selectors';
import './LinkEdge.css';

const TARGET_GAP = 26;

/** A smooth-step edge. On hover: + puts a node into it, × removes it. */
export const LinkEdge = memo(function LinkEdge(props: EdgeProps<CanvasEdge>) {
  const { id, source, target, selected, markerEnd } = props;
  const [path, middleX, middleY] = getSmoothStepPath({ ...props, borderRadius: 10 });
  const look = useBuilder(selectEdgeLook(source, target));
  const isTraced = useBuilder(({ traced }) => traced?.has(source) && traced.has(target));
  const readOnly = useBuilder((state) => state.readOnly);
  const drawing = useBuilder((state) => state.drawing !== undefined);
  const [hovered, setHovered] = useState(false);
  return (
    <g
      className={`link-edge link-${look} ${selected ? 'link-selected' : ''} ${isTraced ? 'link-traced' : ''}`}
      onMouseEnter={() => setHovered(true)}
      onMouseLeave={() => setHovered(false)}
    >
      <BaseEdge path={path} interactionWidth={20} {...(markerEnd ? { markerEnd } : {})} />
      {hovered && !readOnly && !drawing && (
        <>
          <g
            className="link-button"
            transform={`translate(${middleX} ${middleY})`}
            onClick={() => useBuilder.getState().openQuickAdd({ edge: id, at: { x: middleX - 98, y: middleY - 26 } })}
          >
            <title>Insert node</title>
            <circle r={12} className="link-hit" />
            <circle r={9} />
            <path d="M-4 0H4M0 -4V4" />
          </g>
          <g
            className="link-button"
            transform={`translate(${props.targetX - TARGET_GAP} ${props.targetY})`}
            onClick={() => useBuilder.getState().removeEdge(id)}
          >
            <title>Remove connection</title>
            <circle r={12} className="link-hit" />
            <circle r={9} />
            <path d="M-3 -3L3 3M-3 3L3 -3" />
          </g>
        </>
      )}
    </g>
  );
});
