import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { fetchBudget, previewCost, saveBudget, type Budget } from '../../api/cost';
import { documentOf, useBuilder } from '../../store/builder-store';

const budgetKey = (workflowId: string) => ['budget', workflowId];

/** Asked anew each time it is opened: data and document change. */
export function useCostPreview() {
  return useQuery({
    queryKey: ['cost-preview'],
    queryFn: ({ signal }) => previewCost(documentOf(useBuilder.getState()), signal),
    gcTime: 0,
    staleTime: 0,
    retry: false,
  });
}

export function useBudget(workflowId: string) {
  return useQuery({
    queryKey: budgetKey(workflowId),
    queryFn: ({ signal }) => fetchBudget(workflowId, signal),
    staleTime: 0,
  });
}

export function useSaveBudget(workflowId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (budget: Budget) => saveBudget(workflowId, budget),
    onSuccess: (saved) => queries.setQueryData(budgetKey(workflowId), saved),
  });
}
