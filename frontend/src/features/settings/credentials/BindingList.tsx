import { useState } from 'react';
import { Link } from 'react-router';
import { messageOf } from '../../../api/api-error';
import type { Credential, CredentialBinding } from '../../../api/credentials';
import { Button } from '../../../components/Button';
import { Notice } from '../../../components/Notice';
import { absoluteTime, timeAgo } from '../../format/moments';
import { ConfirmDialog } from '../ConfirmDialog';
import { StateMark } from '../StateMark';
import { useApproveBinding, useRevokeBinding } from './use-credentials';

const STATES = {
  proposed: { tone: 'waiting', text: 'Waits for approval' },
  approved: { tone: 'done', text: 'Approved' },
  revoked: { tone: 'cancelled', text: 'Removed' },
} as const;
const HASH_SHOWN = 12;

/** What may use a credential: a revision of a workflow, under a role and warehouse. Only its owner approves. */
export function BindingList({ credential: { id, name, bindings }, isOwn }: { credential: Credential; isOwn: boolean }) {
  const [removing, setRemoving] = useState<CredentialBinding>();
  const approve = useApproveBinding();
  const revoke = useRevokeBinding();
  const close = () => {
    revoke.reset();
    setRemoving(undefined);
  };
  if (bindings.length === 0) return <p className="field-hint">No workflow asks to use it.</p>;
  return (
    <>
      {approve.error && (
        <Notice tone="danger" title="The use was not approved.">
          {messageOf(approve.error)}
        </Notice>
      )}
      <ul className="binding-list" aria-label={`Uses of ${name}`}>
        {bindings.map((binding) => {
          const { tone, text } = STATES[binding.state];
          const revision = binding.revisionHash.slice(0, HASH_SHOWN);
          return (
            <li key={binding.id}>
              <StateMark tone={tone} text={text} />
              <span className="binding-what">
                <Link to={`/workflows/${binding.workflowId}`} className="mono">
                  {binding.workflowId}
                </Link>{' '}
                at revision <code title={binding.revisionHash}>{revision}</code> as <code>{binding.role}</code> on{' '}
                {binding.warehouse ? <code>{binding.warehouse}</code> : 'no warehouse'}
                {', asked '}
                <span title={absoluteTime(binding.proposedAt)}>{timeAgo(binding.proposedAt)}</span>
              </span>
              <span className="record-actions">
                {isOwn && binding.state === 'proposed' && (
                  <Button
                    size="sm"
                    aria-label={`Approve use at revision ${revision}`}
                    aria-busy={approve.isPending}
                    onClick={() => approve.mutate({ id, bindingId: binding.id })}
                  >
                    Approve use
                  </Button>
                )}
                {binding.state !== 'revoked' && (
                  <Button
                    size="sm"
                    aria-label={`Remove use at revision ${revision}`}
                    onClick={() => setRemoving(binding)}
                  >
                    Remove use
                  </Button>
                )}
              </span>
            </li>
          );
        })}
      </ul>
      <ConfirmDialog
        open={removing !== undefined}
        title={`Stop ${removing?.workflowId ?? ''} from using ${name}?`}
        description="From its next run on it cannot sign in with this credential. It can be asked for again."
        keep="Keep use"
        confirm="Remove use"
        busy={revoke.isPending}
        error={revoke.error}
        onConfirm={() => removing && revoke.mutate({ id, bindingId: removing.id }, { onSuccess: close })}
        onClose={close}
      />
    </>
  );
}
