import { isTerminal } from '@snowflow/contracts/runs/run-state';
import { Download } from 'lucide-react';
import type { RunEvent } from '../../../api/types';
import { Button } from '../../../components/Button';
import { STATE_LOOKS } from '../../../components/StateChip';
import { statusOfEvent } from '../../../store/run-progress';
import { absoluteTime, clockTime } from '../../format/moments';
import { rowsText } from '../../format/numbers';
import { downloadEvents } from './download-events';
import { lookInRun } from './look-in-run';
import type { NodeNames } from './node-names';
import type { LiveRun } from './use-live-run';
import './EventList.css';

/** What the run said, newest first, as it says it. */
export function EventList({ run, names, reconnecting }: { run: LiveRun; names: NodeNames; reconnecting: boolean }) {
  const live = !isTerminal(run.status);
  const newestFirst = run.events.toReversed();
  return (
    <section className="page-card event-card" aria-labelledby="events-title">
      <header className="card-head">
        <h2 id="events-title">Events</h2>
        {live && <span className="event-live">{reconnecting ? 'Reconnecting, run continues' : 'Live'}</span>}
        <Button
          look="ghost"
          size="sm"
          unavailable={run.events.length === 0 ? 'There are no events yet' : undefined}
          onClick={() => downloadEvents(run)}
        >
          <Download size={14} aria-hidden /> Export
        </Button>
      </header>
      {run.events.length === 0 ? (
        <p className="event-none">No events yet. They appear while the run goes on.</p>
      ) : (
        <ol className="event-list" tabIndex={0} aria-label="Events, newest first">
          {newestFirst.map((event) => (
            <EventLine key={event.data.seq} event={event} run={run} names={names} />
          ))}
        </ol>
      )}
    </section>
  );
}

function EventLine({ event, run, names }: { event: RunEvent; run: LiveRun; names: NodeNames }) {
  const { nodeId, node, at } = event.data;
  const status = statusOfEvent(event.type);
  const look = node && nodeId !== undefined ? lookInRun(run, names, nodeId, node) : status && STATE_LOOKS[status];
  const facts = [
    node?.status === 'running' && node.queryId ? 'Running in Snowflake' : (look?.word ?? event.type),
    ...(node?.rowCount === undefined ? [] : [rowsText(node.rowCount)]),
    ...(node && node.attempts > 1 && node.status !== 'running' ? [`attempt ${node.attempts}`] : []),
    ...(node?.error ? [node.error.code] : []),
  ];
  return (
    <li data-tone={look?.tone}>
      <time dateTime={at} title={absoluteTime(at)}>
        {clockTime(at)}
      </time>
      {look && <look.Icon size={14} aria-hidden />}
      <span>
        <strong>{nodeId === undefined ? 'Run' : names.of(nodeId).label}</strong>
        <span>{facts.join(', ')}</span>
      </span>
    </li>
  );
}
