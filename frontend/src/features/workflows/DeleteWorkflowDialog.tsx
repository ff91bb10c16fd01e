import { useState } from 'react';
import { messageOf } from '../../api/api-error';
import type { WorkflowSummary } from '../../api/types';
import { Button } from '../../components/Button';
import { Dialog } from '../../components/Dialog';
import { Notice } from '../../components/Notice';
import { TextField } from '../../components/TextField';
import { useTrash } from './use-workflows';

/** Deleting can't be undone, so the name is typed first. */
export function DeleteWorkflowDialog({
  workflow,
  onClose,
}: {
  workflow: WorkflowSummary | undefined;
  onClose: () => void;
}) {
  const [typed, setTyped] = useState('');
  const { remove } = useTrash();
  const close = () => {
    setTyped('');
    remove.reset();
    onClose();
  };
  const matches = typed.trim() === workflow?.name.trim();
  return (
    <Dialog
      open={workflow !== undefined}
      onClose={close}
      title={`Delete ${workflow?.name ?? ''}?`}
      description="The workflow and its versions are removed for good. Its runs stay in the history, and so do tables it wrote."
      actions={
        <>
          <Button onClick={close}>Keep workflow</Button>
          <Button
            look="danger"
            unavailable={matches ? undefined : 'Type the name of the workflow first'}
            aria-busy={remove.isPending}
            onClick={() => workflow && remove.mutate(workflow.id, { onSuccess: close })}
          >
            Delete workflow
          </Button>
        </>
      }
    >
      {remove.error && (
        <Notice tone="danger" title="The workflow was not deleted.">
          {messageOf(remove.error)}
        </Notice>
      )}
      <TextField
        label="Type the name to delete it"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        autoComplete="off"
        placeholder={workflow?.name}
      />
    </Dialog>
  );
}
