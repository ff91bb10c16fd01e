import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import { useMemo } from 'react';
import { STATE_LOOKS } from '../../../components/StateChip';
import type { NodeNames } from '../details/node-names';
import type { LiveRun } from '../details/use-live-run';
import { NODE_HEIGHT, NODE_WIDTH, pictureOf } from './picture';
import './StatementPicture.css';

interface StatementPictureProps {
  definition: WorkflowDocument;
  run: LiveRun;
  names: NodeNames;
  /** The step that stands out. */
  open: string | null;
}

const LONGEST = 20;
/** Smaller than this the names can't be read: the picture is scrolled instead. */
const LEAST_SCALE = 0.6;
const shortened = (label: string) => (label.length > LONGEST ? `${label.slice(0, LONGEST - 1)}…` : label);

/** The workflow as it is drawn in the builder, each node with the number of its statement. */
export function StatementPicture({ definition, run, names, open }: StatementPictureProps) {
  const picture = useMemo(() => pictureOf(definition, run), [definition, run]);
  if (!picture) return null;
  const { box, nodes, edges } = picture;
  const words = nodes.map(({ id, statement }) => `${names.of(id).label} in statement ${statement?.number ?? 'none'}`);
  return (
    <div className="statement-picture-frame" role="group" tabIndex={0} aria-label="Picture of the statements">
      <svg
        className="statement-picture"
        role="img"
        aria-label={`The workflow's nodes by statement: ${words.join(', ')}`}
        viewBox={`${box.x} ${box.y} ${box.width} ${box.height}`}
        style={{ maxWidth: box.width, minWidth: box.width * LEAST_SCALE }}
        data-open={open !== null || undefined}
      >
        {edges.map(({ id, from, to, statement }) => {
          const middle = (from.x + to.x) / 2;
          return (
            <path
              key={id}
              d={`M${from.x} ${from.y}C${middle} ${from.y} ${middle} ${to.y} ${to.x} ${to.y}`}
              data-across={statement === undefined || undefined}
              data-chosen={(open !== null && statement === open) || undefined}
            />
          );
        })}
        {nodes.map(({ id, x, y, statement }) => (
          <g
            key={id}
            transform={`translate(${x} ${y})`}
            data-tone={STATE_LOOKS[run.nodes[id]?.status ?? 'pending'].tone}
            data-chosen={(open !== null && statement?.step === open) || undefined}
          >
            <rect width={NODE_WIDTH} height={NODE_HEIGHT} rx={8} />
            <text x={14} y={NODE_HEIGHT / 2 + 5}>
              {shortened(names.of(id).label)}
            </text>
            {statement && (
              <>
                <circle cx={NODE_WIDTH - 22} cy={NODE_HEIGHT / 2} r={12} />
                <text x={NODE_WIDTH - 22} y={NODE_HEIGHT / 2 + 4} className="statement-picture-number">
                  {statement.number}
                </text>
              </>
            )}
          </g>
        ))}
      </svg>
    </div>
  );
}
