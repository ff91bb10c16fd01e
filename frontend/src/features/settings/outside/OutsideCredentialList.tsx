import { useState } from 'react';
import type { OutsideCredential } from '../../../api/outside';
import { Button } from '../../../components/Button';
import { absoluteTime, timeAgo } from '../../format/moments';
import { ConfirmDialog } from '../ConfirmDialog';
import { RecordRow } from '../RecordRow';
import { useRemoveOutsideCredential } from './use-outside';

const KINDS = { bearer: 'Bearer token', header: 'Header', basic: 'User name and password' };

/** The credentials for hosts outside, by what can be told of them. */
export function OutsideCredentialList({ credentials }: { credentials: readonly OutsideCredential[] }) {
  const [removing, setRemoving] = useState<OutsideCredential>();
  const remove = useRemoveOutsideCredential();
  const close = () => {
    remove.reset();
    setRemoving(undefined);
  };
  return (
    <>
      <ul className="record-list">
        {credentials.map((credential) => (
          <RecordRow
            key={credential.id}
            title={credential.name}
            facts={[
              { label: 'Id, for nodes', value: <span className="mono">{credential.id}</span> },
              { label: 'Kind', value: KINDS[credential.kind] },
              { label: 'Sent to', value: <span className="mono">{credential.hosts.join(', ')}</span> },
              { label: 'Made by', value: credential.createdBy },
              { label: 'Made', value: timeAgo(credential.createdAt), title: absoluteTime(credential.createdAt) },
            ]}
            actions={
              <Button size="sm" aria-label={`Delete ${credential.name}`} onClick={() => setRemoving(credential)}>
                Delete
              </Button>
            }
          />
        ))}
      </ul>
      <ConfirmDialog
        open={removing !== undefined}
        title={`Delete the credential ${removing?.name ?? ''}?`}
        description="Nodes that name it fail from now on. It cannot be brought back."
        keep="Keep credential"
        confirm="Delete credential"
        busy={remove.isPending}
        error={remove.error}
        onConfirm={() => removing && remove.mutate(removing.id, { onSuccess: close })}
        onClose={close}
      />
    </>
  );
}
