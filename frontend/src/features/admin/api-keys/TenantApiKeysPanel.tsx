import { useState } from 'react';
import type { TenantApiKey } from '../../../api/tower';
import { Button } from '../../../components/Button';
import { absoluteTime, timeAgo } from '../../format/moments';
import { scopeText } from '../../settings/api-keys/scope-text';
import { ConfirmDialog } from '../../settings/ConfirmDialog';
import { expiryText } from '../../settings/days';
import { Loaded } from '../../settings/Loaded';
import { RecordRow } from '../../settings/RecordRow';
import { useRevokeTenantApiKey, useTenantApiKeys } from './use-tenant-api-keys';

/** Everybody's keys, by what can be told of them; any of them can be revoked. */
export function TenantApiKeysPanel() {
  const keys = useTenantApiKeys();
  const [revoking, setRevoking] = useState<TenantApiKey>();
  const revoke = useRevokeTenantApiKey();
  const close = () => {
    revoke.reset();
    setRevoking(undefined);
  };
  return (
    <>
      <Loaded query={keys} what="The API keys">
        {(items) =>
          items.length === 0 ? (
            <p className="quiet">Nobody of the tenant has an API key.</p>
          ) : (
            <ul className="record-list">
              {items.map((key) => (
                <KeyRow key={key.id} apiKey={key} onRevoke={() => setRevoking(key)} />
              ))}
            </ul>
          )
        }
      </Loaded>
      <ConfirmDialog
        open={revoking !== undefined}
        title={revoking ? `Revoke the key ${revoking.name} of ${revoking.username}?` : ''}
        description="It stops working at once and cannot be brought back. What uses it needs another key. The audit log says that you revoked it. Its owner can make another: to keep somebody out, remove them from the members."
        keep="Keep key"
        confirm="Revoke key"
        busy={revoke.isPending}
        error={revoke.error}
        onConfirm={() => revoking && revoke.mutate(revoking, { onSuccess: close })}
        onClose={close}
      />
    </>
  );
}

function KeyRow({ apiKey, onRevoke }: { apiKey: TenantApiKey; onRevoke: () => void }) {
  const { name, username, prefix, publications, expiresAt, createdAt, lastUsedAt } = apiKey;
  return (
    <RecordRow
      title={name}
      facts={[
        { label: 'Owner', value: username },
        { label: 'Begins with', value: <span className="mono">{prefix}</span> },
        { label: 'May call', value: scopeText(publications) },
        { label: 'Expires', value: expiryText(expiresAt), title: absoluteTime(expiresAt) },
        { label: 'Made', value: timeAgo(createdAt), title: absoluteTime(createdAt) },
        lastUsedAt
          ? { label: 'Last used', value: timeAgo(lastUsedAt), title: absoluteTime(lastUsedAt) }
          : { label: 'Last used', value: 'never' },
      ]}
      actions={
        <Button size="sm" onClick={onRevoke} aria-label={`Revoke key ${name} of ${username}`}>
          Revoke key
        </Button>
      }
    />
  );
}
