import { ApiError, messageOf } from '../../api/api-error';
import type { CostPreview } from '../../api/cost';
import { Button } from '../../components/Button';
import { Dialog } from '../../components/Dialog';
import { Notice } from '../../components/Notice';
import { useLate } from '../../components/use-late';
import { useBuilder } from '../../store/builder-store';
import { bytesText, compactCount } from '../format/numbers';
import { passedBudget } from './passed-budget';
import { StatementCost } from './StatementCost';
import { useBudget, useCostPreview } from './use-cost';
import './Cost.css';

interface CostDialogProps {
  workflowId: string;
  onClose: () => void;
  onEditBudget: () => void;
  /** Absent where it can't be run now. */
  onRun?: (() => void) | undefined;
}

/** What a run would read and write at most, before it is started. */
export function CostDialog({ workflowId, onClose, onEditBudget, onRun }: CostDialogProps) {
  const preview = useCostPreview();
  const late = useLate(preview.isPending);
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title="Cost of a run"
      description="Snowflake explains each statement as your role. Nothing is run for it."
      actions={
        <>
          <Button look="ghost" onClick={onClose}>
            Close
          </Button>
          <Button onClick={onEditBudget}>Edit budget</Button>
          {onRun && (
            <Button look="primary" onClick={onRun}>
              Run workflow
            </Button>
          )}
        </>
      }
    >
      {preview.data ? (
        <Costs preview={preview.data} workflowId={workflowId} />
      ) : preview.error ? (
        <Failure error={preview.error} onAgain={() => void preview.refetch()} onClose={onClose} />
      ) : (
        <p role="status" className="cost-wait">
          {late ? 'Snowflake explains the statements' : ''}
        </p>
      )}
    </Dialog>
  );
}

function Costs({ preview, workflowId }: { preview: CostPreview; workflowId: string }) {
  const { data: budget } = useBudget(workflowId);
  const passed = budget && passedBudget(preview, budget);
  const { statements, statementCount, bytesAtMost, aiCalls, tokens } = preview;
  return (
    <>
      <dl className="cost-sums">
        <div>
          <dt>Statements at most</dt>
          <dd>{compactCount(statementCount)}</dd>
        </div>
        <div>
          <dt>Bytes read at most</dt>
          <dd>{bytesAtMost === null ? 'Not known before the run' : bytesText(bytesAtMost)}</dd>
        </div>
        <div>
          <dt>Tables written</dt>
          <dd>{compactCount(statements.filter(({ writes }) => writes).length)}</dd>
        </div>
        {aiCalls !== 0 && (
          <div>
            <dt>Calls of models at most</dt>
            <dd>{modelUseText(aiCalls, tokens.estimate)}</dd>
          </div>
        )}
      </dl>
      {passed && (
        <Notice tone="warning" title="This run may pass its budget.">
          {passed} It stops before the statement that would pass it.
        </Notice>
      )}
      <ol className="cost-list" aria-label="Statements" tabIndex={0}>
        {statements.map((statement) => (
          <StatementCost key={statement.step} statement={statement} />
        ))}
      </ol>
      <p className="field-hint">{preview.note}</p>
    </>
  );
}

function modelUseText(calls: number | null, tokens: number | null): string {
  if (calls === null) return 'Not known before the run';
  return tokens === null ? compactCount(calls) : `${compactCount(calls)}, about ${compactCount(tokens)} tokens`;
}

interface FailureProps {
  error: Error;
  onAgain: () => void;
  onClose: () => void;
}

function Failure({ error, onAgain, onClose }: FailureProps) {
  const problems = error instanceof ApiError ? error.body.problems : undefined;
  const show = () => {
    const { setServerFindings, showDrawer } = useBuilder.getState();
    setServerFindings({ problems: problems ?? [], plan: [] });
    showDrawer('problems');
    onClose();
  };
  return (
    <Notice
      tone="danger"
      title={problems ? 'The workflow has problems.' : 'The cost could not be found out.'}
      action={problems ? <Button onClick={show}>Show problems</Button> : <Button onClick={onAgain}>Try again</Button>}
    >
      {messageOf(error)}
    </Notice>
  );
}
