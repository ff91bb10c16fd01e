import { Link, useParams } from 'react-router';
import { ApiError, messageOf } from '../api/api-error';
import { Button } from '../components/Button';
import { EmptyState } from '../components/EmptyState';
import { Notice } from '../components/Notice';
import { PageFrame } from '../components/PageFrame';
import { useLate } from '../components/use-late';
import { RunDetails } from '../features/runs/details/RunDetails';
import { useLiveRun } from '../features/runs/details/use-live-run';
import { useRunWorkflow } from '../features/runs/details/use-run-workflow';

/** One run, live. */
export function RunDetailsPage() {
  const { runId = '' } = useParams();
  const { query, reconnecting } = useLiveRun(runId);
  const { workflow, names, isLoading } = useRunWorkflow(query.data?.workflowId);
  const late = useLate(query.isPending || isLoading);
  const missing = query.error instanceof ApiError && [404, 422].includes(query.error.status);
  return (
    <PageFrame skipTo="the run">
      {query.data && !isLoading && (
        <RunDetails key={runId} run={query.data} workflow={workflow} names={names} reconnecting={reconnecting} />
      )}
      {late && (
        <p role="status" className="page-head">
          Reading the run
        </p>
      )}
      {query.error && !query.data && (
        <>
          <header className="page-head">
            <h1>Run</h1>
          </header>
          {missing ? (
            <div className="page-card">
              <EmptyState
                title="This run does not exist or is not yours."
                text="Runs are private to who started them."
                action={
                  <Link className="button button-default button-md" to="/runs">
                    Go to runs
                  </Link>
                }
              />
            </div>
          ) : (
            <Notice
              tone="danger"
              title="The run could not be read."
              action={<Button onClick={() => void query.refetch()}>Try now</Button>}
            >
              {messageOf(query.error)}
            </Notice>
          )}
        </>
      )}
    </PageFrame>
  );
}
