import { messageOf } from '../../api/api-error';
import type { WorkflowSummary } from '../../api/types';
import { Button } from '../../components/Button';
import { Dialog } from '../../components/Dialog';
import { Notice } from '../../components/Notice';
import { useDeleteWorkflow } from './use-workflows';

/** Moving to the trash can be undone, so a click is enough. */
export function TrashDialog({ workflow, onClose }: { workflow: WorkflowSummary | undefined; onClose: () => void }) {
  const remove = useDeleteWorkflow();
  const close = () => {
    remove.reset();
    onClose();
  };
  return (
    <Dialog
      open={workflow !== undefined}
      onClose={close}
      title={`Move ${workflow?.name ?? ''} to the trash?`}
      description="It can't be run or called there, by nobody. You can restore it from the trash."
      actions={
        <>
          <Button onClick={close}>Keep workflow</Button>
          <Button
            look="danger"
            aria-busy={remove.isPending}
            onClick={() => workflow && remove.mutate(workflow.id, { onSuccess: close })}
          >
            Move to trash
          </Button>
        </>
      }
    >
      {remove.error && (
        <Notice tone="danger" title="The workflow was not moved.">
          {messageOf(remove.error)}
        </Notice>
      )}
    </Dialog>
  );
}
