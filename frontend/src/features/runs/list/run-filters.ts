import { RUN_STATUSES, type RunStatus } from '@snowflow/contracts/runs/run-state';

/** Which runs the list shows; they stand in the page's address. */
export interface RunFilters {
  status: RunStatus | null;
  workflowId: string | null;
}

/** The filters of an address. A status that there is none of filters nothing. */
export function filtersOf(params: URLSearchParams): RunFilters {
  const status = params.get('status');
  return {
    status: RUN_STATUSES.find((known) => known === status) ?? null,
    workflowId: params.get('workflow') || null,
  };
}

/** The address of filters; what filters nothing is left out. */
export function paramsOf({ status, workflowId }: RunFilters): URLSearchParams {
  const params = new URLSearchParams();
  if (status) params.set('status', status);
  if (workflowId) params.set('workflow', workflowId);
  return params;
}
