import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/Button';
import { EmptyState } from '../../components/EmptyState';
import { Loaded } from '../../features/settings/Loaded';
import { HeldTags } from '../../features/settings/outside/HeldTags';
import { HostDialog } from '../../features/settings/outside/HostDialog';
import { HostList } from '../../features/settings/outside/HostList';
import { useHeldTags, useOutsideHosts } from '../../features/settings/outside/use-outside';
import { AdminOnly } from './AdminOnly';
import { SettingsHeader } from './SettingsHeader';

export function OutsideHostsPage() {
  return (
    <AdminOnly title="Outside hosts">
      <Hosts />
    </AdminOnly>
  );
}

/** Where workflows may call agents, and what may leave for them. */
function Hosts() {
  const hosts = useOutsideHosts();
  const tags = useHeldTags();
  const [adding, setAdding] = useState(false);
  return (
    <>
      <SettingsHeader
        title="Outside hosts"
        action={
          hosts.data && (
            <Button look="primary" onClick={() => setAdding(true)}>
              <Plus size={16} aria-hidden /> Allow a host
            </Button>
          )
        }
      />
      <p className="settings-text">
        HTTP agents and MCP tools are called on these hosts only. Values from Snowflake leave for a host only where it
        says so.
      </p>
      <Loaded query={hosts} what="The hosts outside">
        {(items) =>
          items.length === 0 ? (
            <div className="settings-empty">
              <EmptyState title="No host is allowed." text="Workflows of this account call nothing outside." />
            </div>
          ) : (
            <HostList hosts={items} />
          )
        }
      </Loaded>
      <Loaded query={tags} what="The tags">
        {(held) => <HeldTags tags={held} />}
      </Loaded>
      {adding && hosts.data && (
        <HostDialog hosts={hosts.data} at={hosts.data.length} onClose={() => setAdding(false)} />
      )}
    </>
  );
}
