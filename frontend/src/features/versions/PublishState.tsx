import type { PublishRequest } from '../../api/revisions';
import { Button } from '../../components/Button';
import { Notice } from '../../components/Notice';
import { absoluteTime, timeAgo } from '../format/moments';
import './PublishState.css';

interface PublishStateProps {
  number: number;
  request: PublishRequest | undefined;
  refused: boolean;
  onAsk: () => void;
}

/** Where somebody has to agree before a version is published: how to ask, and what became of it, with the reason. */
export function PublishState({ number, request, refused, onAsk }: PublishStateProps) {
  const asked = request && <span title={absoluteTime(request.askedAt)}>{timeAgo(request.askedAt)}</span>;
  if (request?.decision === 'approve') {
    return <p className="quiet">{request.decidedBy} approved it. It can be published.</p>;
  }
  if (request?.decision === 'reject') {
    return (
      <div>
        <p className="quiet">{request.decidedBy} turned it down. Change the workflow and ask for its next version.</p>
        {request.reason && <blockquote className="publish-reason">{request.reason}</blockquote>}
      </div>
    );
  }
  if (request) return <p className="quiet">Waits for approval, asked {asked}.</p>;
  if (!refused) return null;
  return (
    <Notice
      title={`v${number} waits to be approved.`}
      action={
        <Button size="sm" onClick={onAsk} aria-label={`Ask for approval of v${number}`}>
          Ask for approval
        </Button>
      }
    >
      An owner or admin other than you agrees before it is published.
    </Notice>
  );
}
