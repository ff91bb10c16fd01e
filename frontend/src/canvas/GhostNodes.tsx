import { ViewportPortal } from '@xyflow/react';
import { NodeTile } from '../components/NodeTile';
import { definitionOf } from '../store/node-definitions';
import { useBuilder } from '../store/builder-store';
import './GhostNodes.css';

/** While two versions are compared: the removed nodes that are not drawn, where they stood. The list beside tells the same in words. */
export function GhostNodes() {
  const ghosts = useBuilder((state) => state.ghosts);
  const nodes = useBuilder((state) => state.nodes);
  if (ghosts.length === 0) return null;
  const drawn = new Set(nodes.map(({ id }) => id));
  return (
    <ViewportPortal>
      {ghosts
        .filter(({ id }) => !drawn.has(id))
        .map(({ id, type, label, position: { x, y } }) => (
          <div
            key={id}
            className="step-node ghost-node"
            data-group={definitionOf(type)?.group}
            data-marked="removed"
            aria-hidden
            data-ghost={id}
            style={{ translate: `${x}px ${y}px` }}
          >
            <div className="step-node-head">
              <NodeTile type={type} />
              <span className="step-node-text">
                <strong>{label}</strong>
              </span>
            </div>
          </div>
        ))}
    </ViewportPortal>
  );
}
