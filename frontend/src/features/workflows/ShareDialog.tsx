import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { messageOf } from '../../api/api-error';
import { fetchShares, saveShares, saveTags, type Share } from '../../api/sharing';
import type { WorkflowSummary } from '../../api/types';
import { Button } from '../../components/Button';
import { Dialog } from '../../components/Dialog';
import { Notice } from '../../components/Notice';
import { TextField } from '../../components/TextField';
import { OwnerField } from './OwnerField';
import { ShareRows } from './ShareRows';
import { useChangeOwner } from './use-workflows';

/** Who may do what with a workflow, what it is tagged with, and whose it is. Each is saved by its own button. */
export function ShareDialog({ workflow, onClose }: { workflow: WorkflowSummary; onClose: () => void }) {
  const { id, name } = workflow;
  const queries = useQueryClient();
  const shares = useQuery({ queryKey: ['shares', id], queryFn: () => fetchShares(id), gcTime: 0 });
  const [edited, setEdited] = useState<Share[]>();
  const [tags, setTags] = useState(workflow.tags.join(', '));
  const onSuccess = () => queries.invalidateQueries({ queryKey: ['workflows'] });
  const sharing = useMutation({
    mutationFn: async () => {
      await saveTags(
        id,
        tags.split(',').flatMap((tag) => tag.trim() || []),
      );
      if (edited) await saveShares(id, edited);
    },
    onSuccess: async () => {
      await onSuccess();
      onClose();
    },
  });
  const giving = useChangeOwner(id, onClose);
  const error = shares.error ?? sharing.error ?? giving.error;
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={`Share ${name}`}
      description="Rows of results are only ever shown to who ran it."
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" aria-busy={sharing.isPending} onClick={() => sharing.mutate()}>
            Save sharing
          </Button>
        </>
      }
    >
      {error && (
        <Notice tone="danger" title="That was not saved.">
          {messageOf(error)}
        </Notice>
      )}
      <ShareRows items={edited ?? shares.data?.items ?? []} onChange={setEdited} />
      <TextField
        label="Tags, with commas between"
        value={tags}
        onChange={(event) => setTags(event.target.value)}
        autoComplete="off"
      />
      <OwnerField giving={giving} />
    </Dialog>
  );
}
