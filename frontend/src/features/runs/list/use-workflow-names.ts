import { useQueries, useQuery } from '@tanstack/react-query';
import { fetchWorkflow, fetchWorkflows } from '../../../api/workflows';

const MOST = 200;

interface WorkflowNames {
  /** To choose from: those that were changed last. */
  choices: readonly { id: string; name: string }[];
  nameOf(id: string): string | undefined;
}

/** The names of workflows: of those that were changed last together, of any other that is asked for one by one. */
export function useWorkflowNames(wanted: readonly string[]): WorkflowNames {
  const { data, isPending } = useQuery({
    queryKey: ['workflows', 'names'],
    queryFn: ({ signal }) => fetchWorkflows('', null, signal, MOST),
  });
  const choices = data?.items ?? [];
  const missing = isPending ? [] : wanted.filter((id) => !choices.some((choice) => choice.id === id));
  const others = useQueries({
    queries: missing.map((id) => ({
      queryKey: ['workflow-name', id],
      queryFn: async ({ signal }: { signal: AbortSignal }) => ({ id, name: (await fetchWorkflow(id, signal)).name }),
      staleTime: Infinity,
    })),
  }).flatMap(({ data: other }) => other ?? []);
  return { choices, nameOf: (id) => [...choices, ...others].find((choice) => choice.id === id)?.name };
}
