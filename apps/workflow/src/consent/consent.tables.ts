/** That a person has seen what somebody else's revision does, and runs it all the same. */
interface ConsentsTable {
  tenant_id: string;
  user_id: string;
  workflow_id: string;
  revision: number;
  /** Of the summary that was shown. */
  summary_hash: string;
  at: Date;
}

/** That somebody asks for a revision to be published, and what an owner or admin said to it. */
export interface PublishRequestsTable {
  tenant_id: string;
  id: string;
  workflow_id: string;
  workflow_name: string;
  revision: number;
  asked_by: string;
  asked_by_name: string;
  asked_at: Date;
  decision: 'approve' | 'reject' | null;
  decided_by_name: string | null;
  reason: string | null;
  decided_at: Date | null;
}

export interface ConsentTables {
  'workflow.consents': ConsentsTable;
  'workflow.publish_requests': PublishRequestsTable;
}
