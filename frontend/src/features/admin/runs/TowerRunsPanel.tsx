import { RUN_STATUSES } from '@snowflow/contracts/runs/run-state';
import { messageOf } from '../../../api/api-error';
import { Button } from '../../../components/Button';
import { EmptyState } from '../../../components/EmptyState';
import { Notice } from '../../../components/Notice';
import { STATE_LOOKS } from '../../../components/StateChip';
import { absoluteTime } from '../../format/moments';
import { useMembers } from '../../settings/members/use-members';
import { Choice } from '../Choice';
import { useTowerParams } from '../use-tower-params';
import { filtersOf, NO_FILTERS } from './tower-run-filters';
import { TowerRunTable } from './TowerRunTable';
import { useTowerRuns } from './use-tower-runs';

const GOING = 'queued,running,waiting';
const STATUSES = [
  { id: '', label: 'Any status' },
  { id: GOING, label: 'Under way' },
  ...RUN_STATUSES.map((id) => ({ id, label: STATE_LOOKS[id].word })),
];

/** Runs of everybody, live and past. */
export function TowerRunsPanel() {
  const { params, change } = useTowerParams();
  const filters = filtersOf(params);
  const runs = useTowerRuns(filters);
  const members = useMembers().data ?? [];
  const people = [{ id: '', label: 'Everybody' }, ...members.map(({ userId: id, username: label }) => ({ id, label }))];
  const items = runs.data?.pages.flatMap((page) => page.items);
  const isFiltered = Object.values(filters).some((value) => value !== null);
  return (
    <>
      <div className="tower-bar" role="search" aria-label="Filter runs">
        <Choice
          label="Status"
          value={filters.status ?? ''}
          options={STATUSES}
          onChange={(status) => change({ status })}
        />
        <Choice
          label="Person"
          value={filters.person ?? ''}
          options={people}
          onChange={(person) => change({ person })}
        />
        {isFiltered && <Button onClick={() => change(NO_FILTERS)}>Clear filters</Button>}
        <span className="tower-note">{narrowedBy(filters)}</span>
      </div>
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
        <div className="tower-card">
          <EmptyState
            title={isFiltered ? 'No run matches.' : 'Nobody ran anything yet.'}
            text={isFiltered ? 'Clear the filters to see all of them.' : 'Runs of everybody appear here.'}
          />
        </div>
      )}
      {items !== undefined && items.length > 0 && <TowerRunTable runs={items} />}
      {runs.hasNextPage && (
        <Button onClick={() => void runs.fetchNextPage()} aria-busy={runs.isFetchingNextPage}>
          Show more
        </Button>
      )}
    </>
  );
}

/** What else the address asks for, as a figure that was followed does. */
function narrowedBy({ workflowId, warehouse, from, to }: ReturnType<typeof filtersOf>): string {
  return [
    workflowId && `Of workflow ${workflowId}.`,
    warehouse && `On ${warehouse}.`,
    from && `From ${absoluteTime(from)}.`,
    to && `Until ${absoluteTime(to)}.`,
  ]
    .filter(Boolean)
    .join(' ');
}
