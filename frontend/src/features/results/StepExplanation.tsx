import type { PlanStep } from '../../api/types';
import { nodeLabel } from './node-label';

/** Which nodes a step is made of, why it ends where it does, and what it waits for. */
export function StepExplanation({ step: { nodes, step, endsBecause, dependsOn } }: { step: PlanStep }) {
  return (
    <p className="step-explanation" data-end={endsBecause?.code}>
      {nodes.map(nodeLabel).join(' → ')}
      {endsBecause && (
        <>
          . Ends at <strong>{nodeLabel(step)}</strong>: {lowerFirst(endsBecause.sentence)}
        </>
      )}
      {dependsOn.length > 0 && ` Waits for ${dependsOn.map(nodeLabel).join(', ')}.`}
    </p>
  );
}

const lowerFirst = (sentence: string) => sentence.charAt(0).toLowerCase() + sentence.slice(1);
