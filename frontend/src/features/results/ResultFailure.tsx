import { ApiError, messageOf } from '../../api/api-error';
import { Button } from '../../components/Button';
import { Notice } from '../../components/Notice';

/** Why the rows of a node can't be shown. */
export function ResultFailure({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const ended = error instanceof ApiError && error.code === 'RESULT_EXPIRED';
  return (
    <div className="data-message">
      <Notice
        tone="danger"
        title={ended ? 'This result has expired.' : 'The rows could not be read.'}
        action={!ended && <Button onClick={onRetry}>Try now</Button>}
      >
        {messageOf(error)}
      </Notice>
    </div>
  );
}
