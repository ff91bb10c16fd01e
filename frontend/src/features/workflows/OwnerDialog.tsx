import { messageOf } from '../../api/api-error';
import type { WorkflowSummary } from '../../api/types';
import { Button } from '../../components/Button';
import { Dialog } from '../../components/Dialog';
import { Notice } from '../../components/Notice';
import { OwnerField } from './OwnerField';
import { useChangeOwner } from './use-workflows';

/** For owners and admins of the tenant: gives somebody's workflow to somebody else, without reading it. */
export function OwnerDialog({ workflow, onClose }: { workflow: WorkflowSummary; onClose: () => void }) {
  const giving = useChangeOwner(workflow.id, onClose);
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Change the owner of ${workflow.name}`}
      description={`${workflow.owner} owns it now, and no longer sees it afterwards unless it is shared with them.`}
      actions={<Button onClick={onClose}>Cancel</Button>}
    >
      {giving.error && (
        <Notice tone="danger" title="The owner was not changed.">
          {messageOf(giving.error)}
        </Notice>
      )}
      <OwnerField giving={giving} />
    </Dialog>
  );
}
