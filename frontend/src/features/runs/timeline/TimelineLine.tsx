import type { NodeRun } from '../../../api/types';
import type { StateLook } from '../../../components/StateChip';
import { compactCount, durationText } from '../../format/numbers';
import { NodeName } from '../details/NodeName';
import type { NodeNames } from '../details/node-names';
import { RunClock } from '../RunClock';
import { RunState } from '../RunState';
import type { Tick } from './time-axis';
import type { Timeline, TimelineRow } from './timeline';

interface TimelineLineProps {
  row: TimelineRow;
  look: StateLook;
  ticks: readonly Tick[];
  now: Timeline['now'];
  node: NodeRun | undefined;
  names: NodeNames;
  selected: boolean;
  onSelect: (nodeId: string | null) => void;
}

const percent = (share: number) => `${share * 100}%`;

/** One node of the timeline. A node inside a statement has the statement's bar as a thin line, and no time of its own. */
export function TimelineLine({ row, look, ticks, now, node, names, selected, onSelect }: TimelineLineProps) {
  const { nodeId, bar, ends } = row;
  return (
    <tr data-selected={selected || undefined} onClick={() => onSelect(selected ? null : nodeId)}>
      <th scope="row">
        <button type="button" className="timeline-node" aria-pressed={selected}>
          <NodeName id={nodeId} names={names} />
        </button>
      </th>
      <td className="timeline-state">
        <RunState look={look} />
      </td>
      <td className="timeline-axis">
        {bar && <span className="visually-hidden">{periodOf(row)}</span>}
        <span className="timeline-track" aria-hidden>
          {ticks.map(({ ms, at }) => (
            <span key={ms} className="timeline-grid" style={{ left: percent(at) }} />
          ))}
          {bar && (
            <span
              className="timeline-bar"
              data-tone={look.tone}
              data-inner={!ends || undefined}
              style={{ left: percent(bar.start), width: percent(bar.end - bar.start) }}
            />
          )}
          {now !== undefined && <span className="timeline-now" style={{ left: percent(now) }} />}
        </span>
      </td>
      <td className="number">
        <TimeOf row={row} node={node} />
      </td>
      <td className="number timeline-rows">{node?.rowCount === undefined ? '' : compactCount(node.rowCount)}</td>
    </tr>
  );
}

function TimeOf({
  row: { status, shared, ends, earlier, elapsedMs },
  node,
}: {
  row: TimelineRow;
  node: NodeRun | undefined;
}) {
  if (earlier) return <span className="quiet-text">earlier run</span>;
  if (!ends && shared !== undefined && node?.startedAt)
    return <span className="quiet-text">in statement {shared}</span>;
  if (elapsedMs !== undefined) return durationText(elapsedMs);
  return (status === 'running' || status === 'waiting') && node?.startedAt ? <RunClock since={node.startedAt} /> : null;
}

function periodOf({ startedMs = 0, elapsedMs, shared, ends }: TimelineRow): string {
  const from = `From ${durationText(startedMs)}`;
  if (!ends && shared !== undefined) return `${from}, with statement ${shared}`;
  return elapsedMs === undefined ? `${from} on` : `${from} to ${durationText(startedMs + elapsedMs)}`;
}
