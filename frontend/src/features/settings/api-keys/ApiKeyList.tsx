import { useState } from 'react';
import type { ApiKey } from '../../../api/api-keys';
import { Button } from '../../../components/Button';
import { absoluteTime, timeAgo } from '../../format/moments';
import { ConfirmDialog } from '../ConfirmDialog';
import { expiryText } from '../days';
import { RecordRow } from '../RecordRow';
import { RotateKeyDialog } from './RotateKeyDialog';
import { scopeText } from './scope-text';
import { useRemoveApiKey } from './use-api-keys';

/** The person's keys, by what can be told of them. */
export function ApiKeyList({ keys }: { keys: readonly ApiKey[] }) {
  const [rotating, setRotating] = useState<ApiKey>();
  const [revoking, setRevoking] = useState<ApiKey>();
  const revoke = useRemoveApiKey();
  const close = () => {
    revoke.reset();
    setRevoking(undefined);
  };
  return (
    <>
      <ul className="record-list">
        {keys.map((key) => (
          <RecordRow
            key={key.id}
            title={key.name}
            facts={[
              { label: 'Begins with', value: <span className="mono">{key.prefix}</span> },
              { label: 'May call', value: scopeText(key.publications) },
              { label: 'Expires', value: expiryText(key.expiresAt), title: absoluteTime(key.expiresAt) },
              { label: 'Made', value: timeAgo(key.createdAt), title: absoluteTime(key.createdAt) },
              key.lastUsedAt
                ? { label: 'Last used', value: timeAgo(key.lastUsedAt), title: absoluteTime(key.lastUsedAt) }
                : { label: 'Last used', value: 'never' },
            ]}
            actions={
              <>
                <Button size="sm" onClick={() => setRotating(key)} aria-label={`Rotate key ${key.name}`}>
                  Rotate key
                </Button>
                <Button size="sm" onClick={() => setRevoking(key)} aria-label={`Revoke key ${key.name}`}>
                  Revoke key
                </Button>
              </>
            }
          />
        ))}
      </ul>
      {rotating && <RotateKeyDialog apiKey={rotating} onClose={() => setRotating(undefined)} />}
      <ConfirmDialog
        open={revoking !== undefined}
        title={`Revoke the key ${revoking?.name ?? ''}?`}
        description="It stops working at once and cannot be brought back. What uses it needs another key."
        keep="Keep key"
        confirm="Revoke key"
        busy={revoke.isPending}
        error={revoke.error}
        onConfirm={() => revoking && revoke.mutate(revoking.id, { onSuccess: close })}
        onClose={close}
      />
    </>
  );
}
