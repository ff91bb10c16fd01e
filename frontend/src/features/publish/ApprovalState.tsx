import type { Credential } from '../../api/credentials';
import type { Publication } from '../../api/publications';
import { Button } from '../../components/Button';
import { Notice } from '../../components/Notice';
import { useApproveBinding } from '../settings/credentials/use-credentials';

interface ApprovalStateProps {
  publication: Publication;
  credentials: readonly Credential[];
}

/** Whether the credential's owner lets calls use it. An owner can approve here. */
export function ApprovalState({ publication, credentials }: ApprovalStateProps) {
  const approve = useApproveBinding();
  const { credentialId, workflowId, revisionHash, role, warehouse } = publication;
  const credential = credentials.find(({ id }) => id === credentialId);
  const binding = credential?.bindings.find(
    (one) =>
      one.workflowId === workflowId &&
      one.revisionHash === revisionHash &&
      one.role === role &&
      one.warehouse === warehouse &&
      one.state !== 'revoked',
  );
  if (binding?.state === 'approved') return <p className="field-hint">The credential may be used for this revision.</p>;
  return (
    <Notice title="Calls are refused until the credential’s owner approves this use.">
      {binding && credential ? (
        <Button
          size="sm"
          aria-busy={approve.isPending}
          onClick={() => approve.mutate({ id: credential.id, bindingId: binding.id })}
        >
          Approve use of {credential.name}
        </Button>
      ) : (
        'Save to ask for it. Its owner finds the request under Settings, Credentials.'
      )}
    </Notice>
  );
}
