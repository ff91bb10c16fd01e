import type { TowerApproval } from '../../../api/tower';
import { EmptyState } from '../../../components/EmptyState';
import { ApprovalCard } from '../../approvals/ApprovalCard';
import { absoluteTime, timeAgo } from '../../format/moments';
import { Loaded } from '../../settings/Loaded';
import { RecordRow } from '../../settings/RecordRow';
import { PublishRequests } from './PublishRequests';
import { useTenantApprovals } from './use-tenant-approvals';

const keyOf = ({ runId, nodeId }: TowerApproval) => `${runId} ${nodeId}`;
const titleOf = ({ workflowName }: TowerApproval) => workflowName ?? 'Unsaved workflow';

/** All that waits for a decision: revisions to publish, then what the person may decide of runs, then what others are asked. */
export function TenantApprovalsPanel() {
  return (
    <>
      <PublishRequests />
      <OfRuns />
    </>
  );
}

function OfRuns() {
  const approvals = useTenantApprovals();
  return (
    <Loaded query={approvals} what="The approvals">
      {(items) =>
        items.length === 0 ? (
          <div className="tower-card">
            <EmptyState title="Nothing waits for a decision." text="Runs that wait for anybody appear here." />
          </div>
        ) : (
          <>
            {items.map(
              (one) =>
                one.yours && (
                  <ApprovalCard key={keyOf(one)} approval={one.yours} title={titleOf(one)} rejectNeedsReason />
                ),
            )}
            <Others items={items.filter(({ yours }) => yours === null)} />
          </>
        )
      }
    </Loaded>
  );
}

function Others({ items }: { items: readonly TowerApproval[] }) {
  if (items.length === 0) return null;
  return (
    <ul className="record-list" aria-label="Waiting for others">
      {items.map((one) => (
        <RecordRow
          key={keyOf(one)}
          title={titleOf(one)}
          facts={[
            { label: 'Run by', value: one.runner },
            { label: 'Waiting since', value: timeAgo(one.waitingSince), title: absoluteTime(one.waitingSince) },
            { label: 'Decided by', value: <span className="mono">{one.approvers.join(', ')}</span> },
            ...(one.until === null ? [] : [{ label: 'Looked at again', value: absoluteTime(one.until) }]),
          ]}
        />
      ))}
    </ul>
  );
}
