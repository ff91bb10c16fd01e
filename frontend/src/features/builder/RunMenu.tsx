import { ArrowRightFromLine, ArrowRightToLine, Bug, ChevronDown, Play } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';
import { useBuilder } from '../../store/builder-store';
import { selectNode, selectSingleId } from '../../store/selectors/node-selectors';
import type { RunControl } from '../runs/use-run';
import '../../components/Menu.css';

/** Beside Run: the ways to run less than all of it. */
export function RunMenu({ run }: { run: RunControl }) {
  const selected = useBuilder(selectNode(useBuilder(selectSingleId)))?.data.label;
  const hasRun = useBuilder((state) => state.run !== undefined);
  const node = selected ?? 'selected node';
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger
        className="button button-default button-md button-icon"
        aria-label="Ways to run"
        title="Ways to run"
      >
        <ChevronDown size={14} aria-hidden />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={6} collisionPadding={8}>
          <Way icon={<Play size={14} aria-hidden />} keys="Ctrl Enter" onSelect={() => run.start()}>
            Run
          </Way>
          <Way
            icon={<ArrowRightToLine size={14} aria-hidden />}
            keys="Ctrl Shift Enter"
            disabled={selected === undefined}
            onSelect={run.startTo}
          >
            Run to {node}
          </Way>
          <Way
            icon={<ArrowRightFromLine size={14} aria-hidden />}
            keys="Alt Enter"
            disabled={selected === undefined || !hasRun}
            onSelect={run.startFrom}
          >
            Run from {node}
          </Way>
          <DropdownMenu.Separator className="menu-separator" />
          <Way icon={<Bug size={14} aria-hidden />} onSelect={() => run.start('debug')}>
            Debug run, first rows only
          </Way>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

interface WayProps {
  icon: ReactNode;
  keys?: string;
  disabled?: boolean;
  onSelect: () => void;
  children: ReactNode;
}

function Way({ icon, keys, disabled = false, onSelect, children }: WayProps) {
  return (
    <DropdownMenu.Item className="menu-item" disabled={disabled} onSelect={onSelect}>
      {icon} <span>{children}</span>
      {keys && <kbd className="menu-keys">{keys}</kbd>}
    </DropdownMenu.Item>
  );
}
