import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/Button';
import { EmptyState } from '../../components/EmptyState';
import { Notice } from '../../components/Notice';
import { ApiKeyList } from '../../features/settings/api-keys/ApiKeyList';
import { NewApiKeyDialog } from '../../features/settings/api-keys/NewApiKeyDialog';
import { useApiKeys } from '../../features/settings/api-keys/use-api-keys';
import { meQuery } from '../../features/session/me-query';
import { Loaded } from '../../features/settings/Loaded';
import { SettingsHeader } from './SettingsHeader';

/** The person's keys for calling SnowFlow from programs. */
export function ApiKeysPage() {
  const { data: me } = useQuery(meQuery);
  const keys = useApiKeys();
  const [making, setMaking] = useState(false);
  const viewer = me?.appRole === 'viewer' ? 'Viewers cannot make keys. Ask an admin for the role builder.' : undefined;
  return (
    <>
      <SettingsHeader
        title="API keys"
        action={
          <Button look="primary" unavailable={viewer} onClick={() => setMaking(true)}>
            <Plus size={16} aria-hidden /> New API key
          </Button>
        }
      />
      <Notice title="A key calls published workflows, and does nothing else.">
        It signs nobody in. Publish a workflow from its menu in the builder; there you also make a key for it alone.
      </Notice>
      <Loaded query={keys} what="Your API keys">
        {(items) =>
          items.length === 0 ? (
            <div className="settings-empty">
              <EmptyState
                title="No API keys."
                text="A key is yours alone, expires, and is shown once when it is made."
              />
            </div>
          ) : (
            <ApiKeyList keys={items} />
          )
        }
      </Loaded>
      {making && <NewApiKeyDialog onClose={() => setMaking(false)} />}
    </>
  );
}
