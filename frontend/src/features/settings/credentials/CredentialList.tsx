import { useState } from 'react';
import type { Credential } from '../../../api/credentials';
import { Button } from '../../../components/Button';
import { absoluteTime, timeAgo } from '../../format/moments';
import { ConfirmDialog } from '../ConfirmDialog';
import { RecordRow } from '../RecordRow';
import { StateMark } from '../StateMark';
import { BindingList } from './BindingList';
import { kindName } from './credential-form';
import { ReplaceGrantDialog } from './ReplaceGrantDialog';
import { ReplaceSecretDialog } from './ReplaceSecretDialog';
import { useRemoveCredential } from './use-credentials';
import './CredentialList.css';

interface CredentialListProps {
  credentials: readonly Credential[];
  /** The Snowflake user who looks. Who looks after the tenant sees those of others too. */
  username: string | undefined;
}

/** Stored credentials, by everything but their secrets. */
export function CredentialList({ credentials, username }: CredentialListProps) {
  const [replacing, setReplacing] = useState<Credential>();
  const [removing, setRemoving] = useState<Credential>();
  const remove = useRemoveCredential();
  const close = () => {
    remove.reset();
    setRemoving(undefined);
  };
  return (
    <>
      <ul className="record-list">
        {credentials.map((credential) => {
          const { id, name, boundRole, state, reason, lastUsedAt, createdAt } = credential;
          const isOwn = credential.username === username;
          return (
            <RecordRow
              key={id}
              title={name}
              marks={state === 'suspended' && <StateMark tone="failed" text="Suspended" />}
              facts={[
                { label: 'Kind', value: kindName(credential) },
                { label: 'Signs in as', value: <span className="mono">{credential.username}</span> },
                ...(boundRole ? [{ label: 'Role', value: <span className="mono">{boundRole}</span> }] : []),
                { label: 'Stored', value: timeAgo(createdAt), title: absoluteTime(createdAt) },
                lastUsedAt
                  ? { label: 'Last used', value: timeAgo(lastUsedAt), title: absoluteTime(lastUsedAt) }
                  : { label: 'Last used', value: 'never' },
              ]}
              actions={
                <>
                  {isOwn && (
                    <Button size="sm" onClick={() => setReplacing(credential)} aria-label={`Replace secret of ${name}`}>
                      Replace secret
                    </Button>
                  )}
                  <Button size="sm" onClick={() => setRemoving(credential)} aria-label={`Delete credential ${name}`}>
                    Delete credential
                  </Button>
                </>
              }
            >
              {reason && <p className="field-error">{reason}</p>}
              <BindingList credential={credential} isOwn={isOwn} />
            </RecordRow>
          );
        })}
      </ul>
      {replacing?.kind === 'oauth' && (
        <ReplaceGrantDialog credential={replacing} onClose={() => setReplacing(undefined)} />
      )}
      {replacing && replacing.kind !== 'oauth' && (
        <ReplaceSecretDialog credential={replacing} kind={replacing.kind} onClose={() => setReplacing(undefined)} />
      )}
      <ConfirmDialog
        open={removing !== undefined}
        title={`Delete the credential ${removing?.name ?? ''}?`}
        description="Its secret is destroyed and what runs under it ends. Workflows that use it cannot run until they get another."
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
