import { useMutation, useQueryClient } from '@tanstack/react-query';
import { applyDeploy, previewDeploy } from '../../api/deploy';
import type { DeployBody } from '../../api/types';
import type { Saving } from '../saving/use-saving';

/** Shows what a deployment would make, and makes what was shown. */
export function useDeploy(workflowId: string, saving: Pick<Saving, 'flush' | 'revision'>) {
  const queries = useQueryClient();
  const preview = useMutation({
    mutationFn: async (bodyAt: (revision: number) => DeployBody) => {
      if (!(await saving.flush())) throw new Error('The draft is not saved yet, so there is nothing to deploy.');
      const body = bodyAt(saving.revision());
      return { body, shown: await previewDeploy(workflowId, body) };
    },
  });
  const apply = useMutation({
    mutationFn: ({ body, fingerprint }: { body: DeployBody; fingerprint: string }) =>
      applyDeploy(workflowId, body, fingerprint),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['catalog'] }),
  });
  return { preview, apply };
}
