import { Ellipsis, Globe, Snowflake } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { lazy, Suspense, useState } from 'react';
import { useBuilder } from '../../store/builder-store';
import type { Saving } from '../saving/use-saving';
import '../../components/Menu.css';

// Its forms are fetched when they are asked for, so the canvas stands sooner.
const DeployDialog = lazy(async () => ({ default: (await import('../deploy/DeployDialog')).DeployDialog }));
const PublishDialog = lazy(async () => ({ default: (await import('../publish/PublishDialog')).PublishDialog }));

/** What is done with the workflow as a whole, beside running it. */
export function WorkflowMenu({ workflowId, saving }: { workflowId: string; saving: Saving }) {
  const [deploys, setDeploys] = useState(false);
  const [publishes, setPublishes] = useState(false);
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
            <DropdownMenu.Item className="menu-item" disabled={empty} onSelect={() => setPublishes(true)}>
              <Globe size={14} aria-hidden /> Publish as API…
            </DropdownMenu.Item>
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      {publishes && (
        <Suspense>
          <PublishDialog workflowId={workflowId} saving={saving} onClose={() => setPublishes(false)} />
        </Suspense>
      )}
      {deploys && (
        <Suspense>
          <DeployDialog workflowId={workflowId} saving={saving} onClose={() => setDeploys(false)} />
        </Suspense>
      )}
    </>
  );
}
