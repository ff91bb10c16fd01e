import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { fetchWorkflow } from '../../../api/workflows';
import { nodeNames } from './node-names';

/** The workflow of a run as it is now, for names and positions; a run of an unsaved document has none. */
export function useRunWorkflow(workflowId: string | null | undefined) {
  const { data: workflow, isLoading } = useQuery({
    // Apart from the builder's own copy, which must not be taken from here.
    queryKey: ['workflow-of-run', workflowId],
    queryFn: ({ signal }) => fetchWorkflow(workflowId ?? '', signal),
    enabled: typeof workflowId === 'string',
  });
  const names = useMemo(() => nodeNames(workflow?.definition), [workflow]);
  return { workflow, names, isLoading };
}
