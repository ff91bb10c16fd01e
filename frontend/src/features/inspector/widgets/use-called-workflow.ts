import { useQuery } from '@tanstack/react-query';
import { useWatch } from 'react-hook-form';
import { fetchWorkflow } from '../../../api/workflows';
import type { WidgetProps } from '../FieldFrame';

/** The saved workflow that the field `workflowId` beside a field names, as it was saved last. */
export function useCalledWorkflow({ field, path }: WidgetProps) {
  const prefix = path.slice(0, path.length - field.name.length);
  const id: unknown = useWatch({ name: `${prefix}workflowId` });
  const workflowId = typeof id === 'string' ? id : '';
  return useQuery({
    queryKey: ['called-workflow', workflowId],
    queryFn: ({ signal }) => fetchWorkflow(workflowId, signal),
    enabled: workflowId !== '',
    staleTime: 30_000,
    retry: false,
  });
}
