import { useEffect, useMemo } from 'react';
import { Link, useSearchParams } from 'react-router';
import { messageOf } from '../api/api-error';
import { Button } from '../components/Button';
import { EmptyState } from '../components/EmptyState';
import { Notice } from '../components/Notice';
import { PageFrame } from '../components/PageFrame';
import { filtersOf, paramsOf } from '../features/runs/list/run-filters';
import { RunFilterBar } from '../features/runs/list/RunFilterBar';
import { RunTable } from '../features/runs/list/RunTable';
import { useRuns } from '../features/runs/list/use-runs';
import { useWorkflowNames } from '../features/runs/list/use-workflow-names';

/** The person's runs, live. */
export function RunsPage() {
  const [params, setParams] = useSearchParams();
  const filters = filtersOf(params);
  const runs = useRuns(filters);
  const items = runs.data?.pages.flatMap((page) => page.items);
  const wanted = [...new Set([filters.workflowId, ...(items ?? []).map(({ workflowId }) => workflowId)])].filter(
    (id) => id !== null,
  );
  const { choices, nameOf } = useWorkflowNames(wanted);
  const filtered = filters.status !== null || filters.workflowId !== null;
  const workflows = useMemo(
    () =>
      filters.workflowId === null || choices.some(({ id }) => id === filters.workflowId)
        ? choices
        : [{ id: filters.workflowId, name: nameOf(filters.workflowId) ?? filters.workflowId }, ...choices],
    [choices, filters.workflowId, nameOf],
  );

  useEffect(() => {
    document.title = 'Runs · SnowFlow';
  }, []);

  return (
    <PageFrame skipTo="runs">
      <header className="page-head">
        <h1>Runs</h1>
      </header>
      <RunFilterBar
        filters={filters}
        workflows={workflows}
        onChange={(next) => setParams(paramsOf(next), { replace: true })}
      />
      {runs.error && (
        <Notice
          tone="danger"
          title="The runs could not be read."
          action={<Button onClick={() => void runs.refetch()}>Try now</Button>}
        >
          {messageOf(runs.error)}
        </Notice>
      )}
      {items?.length === 0 && (
        <div className="page-card">
          {filtered ? (
            <EmptyState
              title="No run matches."
              text="Try another status or workflow, or clear the filters."
              action={<Button onClick={() => setParams({}, { replace: true })}>Clear filters</Button>}
            />
          ) : (
            <EmptyState
              title="No runs yet."
              text="Runs appear here with timings, statements and results."
              action={
                <Link className="button button-default button-md" to="/workflows">
                  Go to workflows
                </Link>
              }
            />
          )}
        </div>
      )}
      {(items === undefined ? !runs.error : items.length > 0) && <RunTable runs={items} nameOf={nameOf} />}
      {runs.hasNextPage && (
        <Button onClick={() => void runs.fetchNextPage()} aria-busy={runs.isFetchingNextPage}>
          Show more
        </Button>
      )}
    </PageFrame>
  );
}
