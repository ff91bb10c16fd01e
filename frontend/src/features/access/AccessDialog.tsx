import { useQuery } from '@tanstack/react-query';
import { fetchAccessMatrix } from '../../api/access';
import { messageOf } from '../../api/api-error';
import { Button } from '../../components/Button';
import { Dialog } from '../../components/Dialog';
import { Notice } from '../../components/Notice';
import { useLate } from '../../components/use-late';
import { documentOf, useBuilder } from '../../store/builder-store';
import { AccessTable } from './AccessTable';
import './Access.css';

/** Who could run the workflow, and what policies would change for them. */
export function AccessDialog({ onClose }: { onClose: () => void }) {
  const matrix = useQuery({
    queryKey: ['access-matrix'],
    queryFn: ({ signal }) => fetchAccessMatrix(documentOf(useBuilder.getState()), signal),
    gcTime: 0,
    staleTime: 0,
    retry: false,
  });
  const late = useLate(matrix.isPending);
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title="Who could run this"
      description="Roles by nodes, from grants. What Snowflake decides when it runs is what counts."
      actions={
        <Button look="ghost" onClick={onClose}>
          Close
        </Button>
      }
    >
      {matrix.data ? (
        <AccessTable matrix={matrix.data} />
      ) : matrix.error ? (
        <Notice
          tone="danger"
          title="The grants could not be read."
          action={<Button onClick={() => void matrix.refetch()}>Try again</Button>}
        >
          {messageOf(matrix.error)}
        </Notice>
      ) : (
        <p role="status" className="access-wait">
          {late ? 'Snowflake lists the grants of each role' : ''}
        </p>
      )}
    </Dialog>
  );
}
