import { EmptyState } from '../../components/EmptyState';
import { useBuilder } from '../../store/builder-store';
import { absoluteTime, clockTime } from '../format/moments';
import { rowsText } from '../format/numbers';
import { nodeLabel } from './node-label';

/** What the run said, newest last. */
export function EventsTab() {
  const events = useBuilder((state) => state.run?.events);
  if (!events || events.length === 0)
    return <EmptyState title="No events yet." text="They appear while a run goes on." />;
  return (
    <table className="events-table">
      <caption className="visually-hidden">Events of the run</caption>
      <thead>
        <tr>
          <th scope="col">Time</th>
          <th scope="col">Event</th>
          <th scope="col">Node</th>
          <th scope="col">Details</th>
        </tr>
      </thead>
      <tbody>
        {events.map(({ type, data: { seq, at, nodeId, node } }) => (
          <tr key={seq}>
            <td title={absoluteTime(at)}>{clockTime(at)}</td>
            <td className="mono">{type}</td>
            <td>{nodeId === undefined ? '' : nodeLabel(nodeId)}</td>
            <td className="mono">
              {node?.error?.code ?? (node?.rowCount === undefined ? '' : rowsText(node.rowCount))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
