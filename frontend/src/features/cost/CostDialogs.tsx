import { BudgetDialog } from './BudgetDialog';
import { CostDialog } from './CostDialog';

interface CostDialogsProps {
  workflowId: string;
  shown: 'cost' | 'budget';
  onShow: (shown: 'cost' | 'budget' | undefined) => void;
  /** Absent where it can't be run now. */
  onRun?: (() => void) | undefined;
}

/** What a run would cost, or what it may; one leads to the other. */
export function CostDialogs({ workflowId, shown, onShow, onRun }: CostDialogsProps) {
  const close = () => onShow(undefined);
  if (shown === 'budget') return <BudgetDialog workflowId={workflowId} onClose={close} />;
  return <CostDialog workflowId={workflowId} onClose={close} onEditBudget={() => onShow('budget')} onRun={onRun} />;
}
