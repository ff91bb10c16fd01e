import { useMemo } from 'react';
import type { TemplateSummary } from '../../api/templates';
import { drawPicture, PICTURE } from './template-picture';
import './TemplatePicture.css';

/** The real graph of a template, small. */
export function TemplatePicture({ nodes, edges }: Pick<TemplateSummary, 'nodes' | 'edges'>) {
  const picture = useMemo(() => drawPicture({ nodes, edges }), [nodes, edges]);
  return (
    <svg
      className="template-picture"
      viewBox={`0 0 ${PICTURE.width} ${PICTURE.height}`}
      role="img"
      aria-label={picture.words}
    >
      {picture.edges.map((path, index) => (
        // Edges have no names, and the picture is drawn anew as a whole.
        <path key={index} d={path} />
      ))}
      {picture.nodes.map(({ id, group, x, y, width, height }) => (
        <g key={id} data-group={group}>
          <rect className="picture-node" x={x} y={y} width={width} height={height} rx={3} />
          <rect className="picture-tile" x={x + 3} y={y + height / 2 - 4} width={8} height={8} rx={2} />
          {width > 26 && (
            <rect className="picture-name" x={x + 15} y={y + height / 2 - 1.5} width={width - 20} height={3} rx={1.5} />
          )}
        </g>
      ))}
    </svg>
  );
}
