import {
  CalendarClock,
  CodeXml,
  Download,
  Ellipsis,
  Globe,
  LayoutTemplate,
  Snowflake,
  type LucideIcon,
} from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { type ComponentType, lazy, Suspense, useState } from 'react';
import { useNavigate } from 'react-router';
import { useBuilder } from '../../store/builder-store';
import type { Saving } from '../saving/use-saving';
import '../../components/Menu.css';

interface DialogProps {
  workflowId: string;
  saving: Saving;
  onClose: () => void;
}

interface Entry {
  words: string;
  icon: LucideIcon;
  /** Of no use while nothing is drawn. */
  needsNodes: boolean;
  dialog: ComponentType<DialogProps>;
}

// Its forms are fetched when they are asked for, so the canvas stands sooner.
const ENTRIES: readonly Entry[] = [
  {
    words: 'Deploy to Snowflake…',
    icon: Snowflake,
    needsNodes: true,
    dialog: lazy(async () => ({ default: (await import('../deploy/DeployDialog')).DeployDialog })),
  },
  {
    words: 'Publish as API…',
    icon: Globe,
    needsNodes: true,
    dialog: lazy(async () => ({ default: (await import('../publish/PublishDialog')).PublishDialog })),
  },
  {
    words: 'Embed…',
    icon: CodeXml,
    needsNodes: true,
    dialog: lazy(async () => ({ default: (await import('../embedding/EmbedDialog')).EmbedDialog })),
  },
  {
    words: 'Save as template…',
    icon: LayoutTemplate,
    needsNodes: true,
    dialog: lazy(async () => ({ default: (await import('../templates/SaveTemplateDialog')).SaveTemplateDialog })),
  },
  {
    words: 'Export…',
    icon: Download,
    needsNodes: false,
    dialog: lazy(async () => ({ default: (await import('../transfer/ExportThisDialog')).ExportThisDialog })),
  },
];

/** What is done with the workflow as a whole, beside running it. */
export function WorkflowMenu({ workflowId, saving }: { workflowId: string; saving: Saving }) {
  const navigate = useNavigate();
  const [open, setOpen] = useState<Entry>();
  const empty = useBuilder((state) => state.nodes.length === 0);
  return (
    <>
      <DropdownMenu.Root>
        <DropdownMenu.Trigger className="button button-ghost button-md button-icon" aria-label="Workflow menu">
          <Ellipsis size={16} aria-hidden />
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content className="menu" align="end" sideOffset={6} collisionPadding={8}>
            {ENTRIES.map((entry) => (
              <DropdownMenu.Item
                key={entry.words}
                className="menu-item"
                disabled={empty && entry.needsNodes}
                onSelect={() => setOpen(entry)}
              >
                <entry.icon size={14} aria-hidden /> {entry.words}
              </DropdownMenu.Item>
            ))}
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
      {open && (
        <Suspense>
          <open.dialog workflowId={workflowId} saving={saving} onClose={() => setOpen(undefined)} />
        </Suspense>
      )}
    </>
  );
}
