import type { SharedAccess } from '@snowflow/contracts/workflow/sharing.dto';

/** With whom a workflow is shared. */
interface SharesTable {
  tenant_id: string;
  workflow_id: string;
  /** As it was written. */
  shared_with: string;
  /** What a person is looked up by: `everyone`, `role:<appRole>` or the id of a user. */
  subject: string;
  access: SharedAccess;
  details: boolean;
}

export interface SharingTables {
  'workflow.shares': SharesTable;
}
