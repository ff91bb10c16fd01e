import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { SourceRef } from '../../../api/catalog';
import { saveWorkflow } from '../../../api/workflows';

/** A new workflow that begins with a source. */
export function useInWorkflow(onCreated: (id: string) => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ database, schema, name }: SourceRef) =>
      saveWorkflow({
        definition: {
          schemaVersion: 1,
          name: name.slice(0, 100),
          description: '',
          parameters: [],
          nodes: [
            {
              id: 'source',
              type: 'source.table',
              label: name.slice(0, 100),
              position: { x: 0, y: 0 },
              config: { database, schema, table: name },
            },
          ],
          edges: [],
          notes: [],
          groups: [],
        },
      }),
    onSuccess: ({ id }) => {
      void queries.invalidateQueries({ queryKey: ['workflows'] });
      onCreated(id);
    },
  });
}
