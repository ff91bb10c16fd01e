import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/Button';
import { EmptyState } from '../../components/EmptyState';
import { Notice } from '../../components/Notice';
import { meQuery } from '../../features/session/me-query';
import { CredentialList } from '../../features/settings/credentials/CredentialList';
import { NewCredentialDialog } from '../../features/settings/credentials/NewCredentialDialog';
import { useCredentials } from '../../features/settings/credentials/use-credentials';
import { useReturnedGrant } from '../../features/settings/credentials/use-returned-grant';
import { Loaded } from '../../features/settings/Loaded';
import { SettingsHeader } from './SettingsHeader';

/** Secrets for work without a person. */
export function CredentialsPage() {
  const { data: me } = useQuery(meQuery);
  const credentials = useCredentials();
  const [storing, setStoring] = useState(false);
  const refused = useReturnedGrant();
  const viewer =
    me?.appRole === 'viewer' ? 'Viewers cannot store credentials. Ask an admin for the role builder.' : undefined;
  return (
    <>
      <SettingsHeader
        title="Stored credentials"
        action={
          <Button look="primary" unavailable={viewer} onClick={() => setStoring(true)}>
            <Plus size={16} aria-hidden /> Store credential
          </Button>
        }
      />
      <p className="settings-text">
        A credential lets a run sign in to Snowflake as you while you are away. Only runs of a workflow revision that
        you approved can use it, under the role and warehouse you approved. Schedules and published workflows, which
        will use them, are not there yet.
      </p>
      {refused && (
        <Notice tone="danger" title="The credential was not stored.">
          {refused}
        </Notice>
      )}
      <Loaded query={credentials} what="The stored credentials">
        {(items) =>
          items.length === 0 ? (
            <div className="settings-empty">
              <EmptyState
                title="No stored credentials."
                text="Store a key pair, an access token or an OAuth grant of your own user."
              />
            </div>
          ) : (
            <CredentialList credentials={items} username={me?.username} />
          )
        }
      </Loaded>
      {storing && <NewCredentialDialog onClose={() => setStoring(false)} />}
    </>
  );
}
