import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { EmptyState } from '../../components/EmptyState';
import { useBuilder } from '../../store/builder-store';
import { agentApprovals } from '../approvals/agent-approvals';
import { APPROVALS_KEY, useApprovals } from '../approvals/use-approvals';
import { AgentTrace } from '../runs/trace/AgentTrace';

/** What an agent did in the run; calls that wait for the person are decided here. */
export function TraceTab({ nodeId }: { nodeId: string }) {
  const queries = useQueryClient();
  const runId = useBuilder((state) => state.run?.id);
  const status = useBuilder((state) => state.run?.nodes[nodeId]?.status);
  const inbox = useApprovals().data;
  useEffect(() => {
    if (status === 'waiting') void queries.invalidateQueries({ queryKey: APPROVALS_KEY });
  }, [queries, status]);
  if (runId === undefined || status === undefined)
    return <EmptyState title="No trace yet." text="Run the workflow to see what the agent does." />;
  return (
    <div className="trace-tab">
      <AgentTrace runId={runId} nodeId={nodeId} status={status} approvals={agentApprovals(inbox, runId, nodeId)} />
    </div>
  );
}
