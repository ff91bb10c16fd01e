import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Notice } from '../../../components/Notice';
import { ApprovalCard } from '../../approvals/ApprovalCard';
import { APPROVALS_KEY, useApprovals } from '../../approvals/use-approvals';
import { hasTrace } from '../trace/has-trace';
import type { NodeNames } from './node-names';
import type { LiveRun } from './use-live-run';

/** What the run waits for somebody to decide: here where that is the person, else the word that it is not. */
export function RunApprovals({ run, names }: { run: LiveRun; names: NodeNames }) {
  const queries = useQueryClient();
  const inbox = useApprovals().data;
  const waiting = Object.keys(run.nodes).filter((id) => run.nodes[id]?.status === 'waiting');
  const changed = waiting.join(' ');

  useEffect(() => {
    void queries.invalidateQueries({ queryKey: APPROVALS_KEY });
  }, [queries, changed]);

  return waiting.map((id) => {
    const approvals = inbox?.filter(({ runId, nodeId }) => runId === run.id && isAt(nodeId, id)) ?? [];
    const { label, type } = names.of(id);
    if (approvals.length > 0)
      return approvals.map((approval) => (
        <ApprovalCard
          key={approval.nodeId}
          approval={approval}
          title={`${label} waits for your decision`}
          onPageOfRun
        />
      ));
    if (type !== 'logic.approval' && !(hasTrace(type) && run.nodes[id]?.waitsFor === 'workflow')) return null;
    return (
      <Notice key={id} tone="warning" title={`${label} waits for a decision.`}>
        Whom the node names as approvers see it under Approvals.
      </Notice>
    );
  });
}

/** Below a node wait the calls of an agent's tools, and the approvals of a called workflow. */
const isAt = (step: string, node: string) => step === node || step.startsWith(`${node}/`);
