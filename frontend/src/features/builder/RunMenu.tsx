import { ArrowRightFromLine, ArrowRightToLine, Bug, ChevronDown, Gauge, Play, Users, WalletCards } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { useBuilder } from '../../store/builder-store';
import { selectNode, selectSingleId } from '../../store/selectors/node-selectors';
import { selectErrorCount } from '../../store/selectors/problem-selectors';
import { selectIsRunning } from '../../store/selectors/run-selectors';
import { CostEstimate } from '../cost/CostEstimate';
import type { RunControl } from '../runs/use-run';
import '../../components/Menu.css';

/** The dialog that is open. */
type Shown = 'cost' | 'budget' | 'access';

// Fetched when they are asked for, so the canvas stands sooner.
const CostDialogs = lazy(async () => ({ default: (await import('../cost/CostDialogs')).CostDialogs }));

const AccessDialog = lazy(async () => ({ default: (await import('../access/AccessDialog')).AccessDialog }));

/** Beside Run: the ways to run less than all of it, what it would cost, what it may, and who could run it. */
export function RunMenu({ workflowId, run }: { workflowId: string; run: RunControl }) {
  const [shown, setShown] = useState<Shown>();
  const running = useBuilder(selectIsRunning);
  const runShown = () => {
    setShown(undefined);
    run.start();
  };
  return (
    <>
      <DropdownMenu.Root>
        <DropdownMenu.Trigger
          className="button button-default button-md button-icon"
          aria-label="Ways to run, cost and budget"
          title="Ways to run, cost and budget"
        >
          <ChevronDown size={14} aria-hidden />
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content className="menu" align="end" sideOffset={6} collisionPadding={8}>
            <Ways run={run} />
            <DropdownMenu.Separator className="menu-separator" />
            <Costs onShow={setShown} />
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      {shown === 'access' && (
        <Suspense>
          <AccessDialog onClose={() => setShown(undefined)} />
        </Suspense>
      )}
      {shown && shown !== 'access' && (
        <Suspense>
          <CostDialogs workflowId={workflowId} shown={shown} onShow={setShown} onRun={running ? undefined : runShown} />
        </Suspense>
      )}
    </>
  );
}

function Ways({ run }: { run: RunControl }) {
  const selected = useBuilder(selectNode(useBuilder(selectSingleId)))?.data.label;
  const hasRun = useBuilder((state) => state.run !== undefined);
  const none = useBuilder((state) => state.nodes.length === 0);
  const running = useBuilder(selectIsRunning);
  const never = none || running;
  const node = selected ?? 'selected node';
  return (
    <>
      <Way icon={<Play size={14} aria-hidden />} keys="Ctrl Enter" disabled={never} onSelect={() => run.start()}>
        Run
      </Way>
      <Way
        icon={<ArrowRightToLine size={14} aria-hidden />}
        keys="Ctrl Shift Enter"
        disabled={never || selected === undefined}
        onSelect={run.startTo}
      >
        Run to {node}
      </Way>
      <Way
        icon={<ArrowRightFromLine size={14} aria-hidden />}
        keys="Alt Enter"
        disabled={never || selected === undefined || !hasRun}
        onSelect={run.startFrom}
      >
        Run from {node}
      </Way>
      <Way icon={<Bug size={14} aria-hidden />} disabled={never} onSelect={() => run.start('debug')}>
        Debug run, first rows only
      </Way>
    </>
  );
}

function Costs({ onShow }: { onShow: (shown: Shown) => void }) {
  const none = useBuilder((state) => state.nodes.length === 0);
  const errors = useBuilder(selectErrorCount);
  return (
    <>
      <Way
        icon={<Gauge size={14} aria-hidden />}
        disabled={none}
        onSelect={() => onShow('cost')}
        // A draft with problems can't be explained: the dialog says which.
        note={!none && errors === 0 && <CostEstimate />}
      >
        Preview cost
      </Way>
      <Way icon={<WalletCards size={14} aria-hidden />} onSelect={() => onShow('budget')}>
        Edit budget
      </Way>
      <Way icon={<Users size={14} aria-hidden />} disabled={none} onSelect={() => onShow('access')}>
        Who could run this
      </Way>
    </>
  );
}

interface WayProps {
  icon: ReactNode;
  keys?: string;
  note?: ReactNode;
  disabled?: boolean;
  onSelect: () => void;
  children: ReactNode;
}

function Way({ icon, keys, note, disabled = false, onSelect, children }: WayProps) {
  return (
    <DropdownMenu.Item className="menu-item" disabled={disabled} onSelect={onSelect}>
      {icon} <span>{children}</span>
      {keys && <kbd className="menu-keys">{keys}</kbd>}
      {note}
    </DropdownMenu.Item>
  );
}
