import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/Button';
import { EmptyState } from '../../components/EmptyState';
import { Loaded } from '../../features/settings/Loaded';
import { NewOutsideCredentialDialog } from '../../features/settings/outside/NewOutsideCredentialDialog';
import { OutsideCredentialList } from '../../features/settings/outside/OutsideCredentialList';
import { useOutsideCredentials } from '../../features/settings/outside/use-outside';
import { AdminOnly } from './AdminOnly';
import { SettingsHeader } from './SettingsHeader';

export function OutsideCredentialsPage() {
  return (
    <AdminOnly title="Outside credentials">
      <Credentials />
    </AdminOnly>
  );
}

/** What workflows say who they are with, outside. */
function Credentials() {
  const credentials = useOutsideCredentials();
  const [making, setMaking] = useState(false);
  return (
    <>
      <SettingsHeader
        title="Outside credentials"
        action={
          <Button look="primary" onClick={() => setMaking(true)}>
            <Plus size={16} aria-hidden /> New credential
          </Button>
        }
      />
      <p className="settings-text">
        HTTP agents and MCP tools name one by its id. It is added where a call leaves, for its own hosts only.
      </p>
      <Loaded query={credentials} what="The credentials">
        {(items) =>
          items.length === 0 ? (
            <div className="settings-empty">
              <EmptyState title="No credentials." text="Hosts that ask who calls them need one." />
            </div>
          ) : (
            <OutsideCredentialList credentials={items} />
          )
        }
      </Loaded>
      {making && <NewOutsideCredentialDialog onClose={() => setMaking(false)} />}
    </>
  );
}
