import { Button } from '../../components/Button';
import { EmptyState } from '../../components/EmptyState';
import { Loaded } from '../../features/settings/Loaded';
import { OutsideCallList } from '../../features/settings/outside/OutsideCallList';
import { useOutsideCalls } from '../../features/settings/outside/use-outside';
import { AdminOnly } from './AdminOnly';
import { SettingsHeader } from './SettingsHeader';

export function OutsideCallsPage() {
  return (
    <AdminOnly title="Outside calls">
      <Calls />
    </AdminOnly>
  );
}

/** What left, for whom, and what came of it. */
function Calls() {
  const calls = useOutsideCalls();
  return (
    <>
      <SettingsHeader title="Outside calls" />
      <p className="settings-text">
        Every call that an HTTP agent or MCP tool made, or was refused, as long as its run is kept. Bodies and queries
        are not.
      </p>
      <Loaded query={calls} what="The calls">
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length > 0) return <OutsideCallList calls={items} />;
          return (
            <div className="settings-empty">
              <EmptyState title="Nothing was called." text="No workflow of this account has called a host outside." />
            </div>
          );
        }}
      </Loaded>
      {calls.hasNextPage && (
        <Button aria-busy={calls.isFetchingNextPage} onClick={() => void calls.fetchNextPage()}>
          Show older calls
        </Button>
      )}
    </>
  );
}
