import { FormProvider, useForm } from 'react-hook-form';
import { messageOf } from '../../api/api-error';
import type { BudgetInForce } from '../../api/cost';
import { Button } from '../../components/Button';
import { Dialog } from '../../components/Dialog';
import { Notice } from '../../components/Notice';
import { showToast } from '../../components/toast-store';
import { FormFailure } from '../settings/FormFailure';
import { showServerErrors } from '../settings/server-errors';
import { zodResolver } from '../settings/zod-resolver';
import { BudgetFields } from './BudgetFields';
import { budgetFieldOf, budgetFromValues, budgetToValues, budgetValues, type BudgetValues } from './budget-values';
import { useBudget, useSaveBudget } from './use-cost';
import './Cost.css';

interface BudgetDialogProps {
  workflowId: string;
  onClose: () => void;
}

/** What a run of the workflow may take. */
export function BudgetDialog({ workflowId, onClose }: BudgetDialogProps) {
  const budget = useBudget(workflowId);
  return (
    <Dialog
      open
      onClose={onClose}
      title="Budget of a run"
      description="A run is stopped before the statement that would pass it. Bytes count as Snowflake explains them, which is an upper bound."
    >
      {budget.isFetchedAfterMount && budget.data ? (
        <BudgetForm workflowId={workflowId} budget={budget.data} onClose={onClose} />
      ) : budget.error ? (
        <Notice
          tone="danger"
          title="The budget could not be read."
          action={<Button onClick={() => void budget.refetch()}>Try again</Button>}
        >
          {messageOf(budget.error)}
        </Notice>
      ) : (
        <p role="status" className="cost-wait" />
      )}
    </Dialog>
  );
}

function BudgetForm({ workflowId, budget, onClose }: BudgetDialogProps & { budget: BudgetInForce }) {
  const form = useForm<BudgetValues>({ resolver: zodResolver(budgetValues), defaultValues: budgetToValues(budget) });
  const save = useSaveBudget(workflowId);
  const submit = form.handleSubmit((values) =>
    save.mutate(budgetFromValues(values), {
      onSuccess: () => {
        showToast('Budget saved');
        onClose();
      },
      onError: (error) => showServerErrors(form, error, budgetFieldOf),
    }),
  );
  return (
    <FormProvider {...form}>
      <form className="cost-form" onSubmit={(event) => void submit(event)} noValidate>
        <FormFailure title="The budget was not saved." error={save.error} />
        <BudgetFields tenant={budget.tenant} />
        <div className="dialog-actions">
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" aria-busy={save.isPending}>
            Save budget
          </Button>
        </div>
      </form>
    </FormProvider>
  );
}
