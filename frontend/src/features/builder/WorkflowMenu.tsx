import { CalendarClock, Ellipsis, Snowflake } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { lazy, Suspense, useState } from 'react';
import { useNavigate } from 'react-router';
import { useBuilder } from '../../store/builder-store';
import type { Saving } from '../saving/use-saving';
import '../../components/Menu.css';

// Its forms are fetched when they are asked for, so the canvas stands sooner.
const DeployDialog = lazy(async () => ({ default: (await import('../deploy/DeployDialog')).DeployDialog }));

/** What is done with the workflow as a whole, beside running it. */
export function WorkflowMenu({ workflowId, saving }: { workflowId: string; saving: Saving }) {
  const navigate = useNavigate();
  const [deploys, setDeploys] = useState(false);
  const empty = useBuilder((state) => state.nodes.length === 0);
  return (
    <>
      <DropdownMenu.Root>
        <DropdownMenu.Trigger className="button button-ghost button-md button-icon" aria-label="Workflow menu">
          <Ellipsis size={16} aria-hidden />
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content className="menu" align="end" sideOffset={6} collisionPadding={8}>
            <DropdownMenu.Item className="menu-item" disabled={empty} onSelect={() => setDeploys(true)}>
              <Snowflake size={14} aria-hidden /> Deploy to Snowflake…
            </DropdownMenu.Item>
            <DropdownMenu.Item
              className="menu-item"
              disabled={empty}
              onSelect={() => void navigate(`/schedules?new=${encodeURIComponent(workflowId)}`)}
            >
              <CalendarClock size={14} aria-hidden /> Schedule…
            </DropdownMenu.Item>
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      {deploys && (
        <Suspense>
          <DeployDialog workflowId={workflowId} saving={saving} onClose={() => setDeploys(false)} />
        </Suspense>
      )}
    </>
  );
}
