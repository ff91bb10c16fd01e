import { Link } from 'react-router';
import type { OutsideCall } from '../../../api/outside';
import { absoluteTime, timeAgo } from '../../format/moments';
import { RecordRow } from '../RecordRow';
import { StateMark } from '../StateMark';

const OUTCOMES = {
  sent: { tone: 'waiting', text: 'No answer yet' },
  succeeded: { tone: 'done', text: 'Answered' },
  failed: { tone: 'failed', text: 'Failed' },
  refused: { tone: 'failed', text: 'Not let out' },
  unknown: { tone: 'waiting', text: 'Unknown' },
} as const;

/** What workflows called, the newest first. Neither bodies nor queries are kept. */
export function OutsideCallList({ calls }: { calls: readonly OutsideCall[] }) {
  return (
    <ul className="record-list">
      {calls.map((call) => (
        <RecordRow
          key={call.id}
          title={
            <span className="mono">
              {call.method} {call.host}
              {call.path}
              {call.tool && ` · ${call.tool}`}
            </span>
          }
          marks={<StateMark {...OUTCOMES[call.outcome]} />}
          facts={[
            { label: 'When', value: timeAgo(call.at), title: absoluteTime(call.at) },
            { label: 'By', value: call.by },
            { label: 'Run', value: <Link to={`/runs/${call.runId}`}>{call.runId}</Link> },
            { label: 'Node', value: <span className="mono">{call.nodeId}</span> },
            ...(call.status === null ? [] : [{ label: 'Status', value: call.status }]),
            ...(call.error === null ? [] : [{ label: 'Error', value: <span className="mono">{call.error}</span> }]),
            { label: 'Out, in', value: `${call.bytesOut} B, ${call.bytesIn} B` },
            ...(call.ms === null ? [] : [{ label: 'Took', value: `${call.ms} ms` }]),
            ...(call.attempts > 1 ? [{ label: 'Tries', value: call.attempts }] : []),
            ...(call.credentialId === null
              ? []
              : [{ label: 'Credential', value: <span className="mono">{call.credentialId}</span> }]),
          ]}
        />
      ))}
    </ul>
  );
}
