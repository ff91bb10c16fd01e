import type { PlanStep } from '../../api/types';
import { Button } from '../../components/Button';
import { useBuilder } from '../../store/builder-store';
import { nodeLabel } from './node-label';
import { StepExplanation } from './StepExplanation';

/** All steps of a plan in the order they may run; choosing one selects the node that ends it. */
export function PlanList({ plan }: { plan: readonly PlanStep[] }) {
  const select = useBuilder((state) => state.select);
  return (
    <ol className="plan-list" aria-label="Steps of the plan">
      {plan.map((step) => (
        <li key={step.step}>
          <Button size="sm" onClick={() => select([step.step])}>
            {nodeLabel(step.step)}
          </Button>
          <StepExplanation step={step} />
        </li>
      ))}
    </ol>
  );
}
