import { useId } from 'react';
import { messageOf } from '../../../api/api-error';
import type { Approval } from '../../../api/approvals';
import type { NodeRun } from '../../../api/types';
import { Button } from '../../../components/Button';
import { EmptyState } from '../../../components/EmptyState';
import { Notice } from '../../../components/Notice';
import { compactCount } from '../../format/numbers';
import { SpokenText } from './SpokenText';
import { TraceStep } from './TraceStep';
import { tokensOf, traceTree } from './trace-tree';
import { useAgentTrace } from './use-agent-trace';
import './AgentTrace.css';

interface AgentTraceProps {
  runId: string;
  nodeId: string;
  status: NodeRun['status'];
  /** What waits for the person's decision, by the step's place; nothing where that is asked elsewhere on the page. */
  approvals?: ReadonlyMap<string, Approval>;
}

const NONE: ReadonlyMap<string, Approval> = new Map();

/** What an agent of the run did: its replies, the calls of each, and below a delegation what that agent did. */
export function AgentTrace({ runId, nodeId, status, approvals = NONE }: AgentTraceProps) {
  const trace = useAgentTrace(runId, nodeId, status);
  const titleId = useId();
  if (trace.error) {
    return (
      <Notice
        tone="danger"
        title="The trace could not be read."
        action={<Button onClick={() => void trace.refetch()}>Try now</Button>}
      >
        {messageOf(trace.error)}
      </Notice>
    );
  }
  if (!trace.data) return null;
  const steps = trace.data.pages.flatMap(({ items }) => items);
  const spoken = status === 'running' && <SpokenText runId={runId} nodeId={nodeId} />;
  if (steps.length === 0) return <EmptyState title="No steps yet." text="They appear when the agent has begun." />;
  const tokens = tokensOf(steps);
  return (
    <section className="agent-trace" aria-labelledby={titleId}>
      <header>
        <h3 id={titleId}>Trace</h3>
        <span>
          {trace.hasNextPage
            ? `First ${steps.length} steps`
            : `${steps.length} ${steps.length === 1 ? 'step' : 'steps'}`}
          {tokens > 0 && `, ${compactCount(tokens)} tokens`}
        </span>
      </header>
      <ul>
        {traceTree(steps).map((branch) => (
          <TraceStep key={branch.step.place} branch={branch} approvals={approvals} />
        ))}
      </ul>
      {spoken}
      {trace.hasNextPage && (
        <Button size="sm" aria-busy={trace.isFetchingNextPage} onClick={() => void trace.fetchNextPage()}>
          Show more steps
        </Button>
      )}
    </section>
  );
}
