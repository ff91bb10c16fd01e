import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { Link } from 'react-router';
import type { Approval } from '../../api/approvals';
import { absoluteTime, dayAndTime } from '../format/moments';
import { meQuery } from '../session/me-query';
import { DecisionForm } from './DecisionForm';
import './ApprovalCard.css';

interface ApprovalCardProps {
  approval: Approval;
  title: string;
  onPageOfRun?: boolean;
  rejectNeedsReason?: boolean;
}

/** One approval: what is to be decided, what there is to know for it, and the decision. */
export function ApprovalCard({ approval, title, onPageOfRun = false, rejectNeedsReason = false }: ApprovalCardProps) {
  const { runId, nodeId, runner, message, show, waitingSince, until } = approval;
  const { data: me } = useQuery(meQuery);
  const id = useId();
  return (
    <article className="page-card approval-card" aria-labelledby={id}>
      <header>
        <h2 id={id}>{title}</h2>
        <p>
          Run by {runner}, waiting since{' '}
          <time dateTime={waitingSince} title={absoluteTime(waitingSince)}>
            {dayAndTime(waitingSince)}
          </time>
          .{until !== null && ` Without a decision by ${dayAndTime(until)}, its settings say how it goes on.`}{' '}
          {/* A run is private to who started it. */}
          {!onPageOfRun && me?.username === runner && (
            <Link to={`/runs/${runId}?node=${encodeURIComponent(nodeOfRun(nodeId))}`}>Open run</Link>
          )}
        </p>
      </header>
      <p className="approval-message">{message}</p>
      {show.length > 0 && (
        <dl className="approval-values">
          {show.map(({ label, value }, index) => (
            // Two values may have one label.
            <div key={index}>
              <dt>{label}</dt>
              <dd>{value === '' ? 'empty' : value}</dd>
            </div>
          ))}
        </dl>
      )}
      <DecisionForm approval={approval} rejectNeedsReason={rejectNeedsReason} />
    </article>
  );
}

/** The run's page shows the node below which a called workflow's approval, or the call of an agent's tool, waits. */
const nodeOfRun = (id: string) => id.split('/', 1)[0] ?? id;
