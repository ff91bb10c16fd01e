import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { ApiError, messageOf } from '../api/api-error';
import { fetchWorkflow } from '../api/workflows';
import { Button } from '../components/Button';
import { FullPageMessage } from '../components/FullPageMessage';
import { BuilderSkeleton } from '../features/builder/BuilderSkeleton';
import { Builder } from '../features/builder/Builder';

/** Loads a workflow, then hands it to the builder. */
export function BuilderPage() {
  const { workflowId = '' } = useParams();
  const workflow = useQuery({
    queryKey: ['workflow', workflowId],
    queryFn: ({ signal }) => fetchWorkflow(workflowId, signal),
    // From here on the builder's own state is the newest; a fresh read happens when the page is opened again.
    staleTime: Infinity,
    gcTime: 0,
  });

  if (workflow.data)
    return <Builder key={workflowId} workflow={workflow.data} onReload={() => void workflow.refetch()} />;
  if (workflow.error instanceof ApiError && workflow.error.status === 404) {
    return (
      <FullPageMessage
        title="This workflow does not exist or is not shared with you."
        action={
          <Link className="button button-primary button-md" to="/workflows">
            Go to workflows
          </Link>
        }
      />
    );
  }
  if (workflow.error) {
    return (
      <FullPageMessage
        title="The workflow could not be read."
        text={messageOf(workflow.error)}
        action={
          <Button look="primary" onClick={() => void workflow.refetch()}>
            Try now
          </Button>
        }
      />
    );
  }
  return <BuilderSkeleton />;
}
