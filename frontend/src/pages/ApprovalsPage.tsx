import { useEffect } from 'react';
import { EmptyState } from '../components/EmptyState';
import { PageFrame } from '../components/PageFrame';
import { ApprovalCard } from '../features/approvals/ApprovalCard';
import { useApprovals } from '../features/approvals/use-approvals';
import { Loaded } from '../features/settings/Loaded';

/** What waits for the person's decision, the oldest first. */
export function ApprovalsPage() {
  const approvals = useApprovals();
  useEffect(() => {
    document.title = 'Approvals · SnowFlow';
  }, []);
  return (
    <PageFrame skipTo="approvals">
      <header className="page-head">
        <h1>Approvals</h1>
      </header>
      <Loaded query={approvals} what="The approvals">
        {(items) =>
          items.length === 0 ? (
            <div className="page-card">
              <EmptyState
                title="Nothing waits for you."
                text="Runs that ask you, or your current role, appear here: at an Approval node, or before an agent's tool is called."
              />
            </div>
          ) : (
            items.map((approval) => (
              <ApprovalCard
                key={`${approval.runId} ${approval.nodeId}`}
                approval={approval}
                title={approval.workflowName ?? 'Unsaved workflow'}
              />
            ))
          )
        }
      </Loaded>
    </PageFrame>
  );
}
