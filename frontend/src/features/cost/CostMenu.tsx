import { ChevronDown, Gauge, WalletCards } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useState } from 'react';
import { useBuilder } from '../../store/builder-store';
import { selectIsRunning } from '../../store/selectors/run-selectors';
import { BudgetDialog } from './BudgetDialog';
import { CostDialog } from './CostDialog';
import '../../components/Menu.css';

interface CostMenuProps {
  workflowId: string;
  onRun: () => void;
}

/** Beside Run: what it would cost, and what it may. */
export function CostMenu({ workflowId, onRun }: CostMenuProps) {
  const [open, setOpen] = useState<'cost' | 'budget'>();
  const empty = useBuilder((state) => state.nodes.length === 0);
  const running = useBuilder(selectIsRunning);
  const close = () => setOpen(undefined);
  return (
    <>
      <DropdownMenu.Root>
        <DropdownMenu.Trigger
          className="button button-default button-md button-icon"
          aria-label="Cost and budget"
          title="Cost and budget"
        >
          <ChevronDown size={14} aria-hidden />
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content className="menu" align="end" sideOffset={6} collisionPadding={8}>
            <DropdownMenu.Item className="menu-item" disabled={empty} onSelect={() => setOpen('cost')}>
              <Gauge size={14} aria-hidden /> Preview cost
            </DropdownMenu.Item>
            <DropdownMenu.Item className="menu-item" onSelect={() => setOpen('budget')}>
              <WalletCards size={14} aria-hidden /> Edit budget
            </DropdownMenu.Item>
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      {open === 'cost' && (
        <CostDialog
          workflowId={workflowId}
          onClose={close}
          onEditBudget={() => setOpen('budget')}
          onRun={
            running
              ? undefined
              : () => {
                  close();
                  onRun();
                }
          }
        />
      )}
      {open === 'budget' && <BudgetDialog workflowId={workflowId} onClose={close} />}
    </>
  );
}
