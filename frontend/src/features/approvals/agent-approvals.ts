import type { Approval } from '../../api/approvals';

/** The calls of an agent of a run that wait for the person, by their places below the agent's node. */
export function agentApprovals(
  inbox: readonly Approval[] | undefined,
  run: string,
  agent: string,
): ReadonlyMap<string, Approval> {
  const within = `${agent}/`;
  return new Map(
    inbox
      ?.filter(({ runId, nodeId }) => runId === run && nodeId.startsWith(within))
      .map((approval) => [placeOf(approval.nodeId.slice(within.length)), approval]),
  );
}

/** What waits in a workflow that a tool runs waits at the call. */
const placeOf = (step: string) => step.replace(/\/wf_.*$/, '');
