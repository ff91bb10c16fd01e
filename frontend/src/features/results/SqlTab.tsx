import { Copy } from 'lucide-react';
import { Button } from '../../components/Button';
import { EmptyState } from '../../components/EmptyState';
import { showToast } from '../../components/toast-store';
import { useBuilder } from '../../store/builder-store';
import type { BuilderState } from '../../store/store-types';
import { selectErrorCount } from '../../store/selectors/problem-selectors';
import { SqlText } from '../sql/SqlText';
import { PlanList } from './PlanList';
import { StepExplanation } from './StepExplanation';

/** The run's statements, else what a run would execute now. */
const selectPlan = ({ run, plan }: BuilderState) => (run && run.plan.length > 0 ? run.plan : plan);

/** The statement that a node is part of, and why it ends where it does; without a node the steps of the plan. */
export function SqlTab({ nodeId }: { nodeId: string | undefined }) {
  const plan = useBuilder(selectPlan);
  const ran = useBuilder((state) => (state.run?.plan.length ?? 0) > 0);
  const errors = useBuilder(selectErrorCount);
  const queryId = useBuilder((state) => (nodeId === undefined ? undefined : state.run?.nodes[nodeId]?.queryId));
  const found = plan.findIndex(({ nodes }) => nodeId !== undefined && nodes.includes(nodeId));
  const index = found >= 0 ? found : plan.length === 1 ? 0 : -1;
  const step = plan[index];

  if (!step && plan.length > 1) return <PlanList plan={plan} />;
  if (!step) {
    const text =
      errors > 0 && !ran ? 'The statement is known once the workflow has no errors.' : 'Add a source and an output.';
    return <EmptyState title="No SQL yet." text={text} />;
  }
  if (!step.sql) {
    return (
      <EmptyState title="This step has no SQL." text={step.endsBecause?.sentence ?? 'It is decided by SnowFlow.'} />
    );
  }
  const { sql, nodes } = step;
  return (
    <div className="sql-tab">
      <header>
        <span>
          Statement {index + 1} of {plan.length}, {ran ? 'compiled' : 'would be compiled'} from {nodes.length}{' '}
          {nodes.length === 1 ? 'node' : 'nodes'}
          {queryId && (
            <>
              , query <code>{queryId}</code>
            </>
          )}
        </span>
        <Button
          size="sm"
          onClick={() =>
            void navigator.clipboard.writeText(sql).then(
              () => showToast('SQL copied'),
              () => showToast('The browser did not allow copying'),
            )
          }
        >
          <Copy size={14} aria-hidden /> Copy SQL
        </Button>
      </header>
      <StepExplanation step={step} />
      <SqlText sql={sql} />
    </div>
  );
}
