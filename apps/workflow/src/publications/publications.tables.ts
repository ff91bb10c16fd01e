import type { CallLimits } from '@snowflow/contracts/published/call-limits.dto';
import type { ColumnType, JSONColumnType } from 'kysely';

interface PublicationsTable {
  tenant_id: string;
  id: string;
  workflow_id: string;
  slug: string;
  revision: number;
  credential_id: string;
  role: string;
  warehouse: string | null;
  /** How a caller is answered who says nothing of it. */
  mode: 'sync' | 'async';
  limits: JSONColumnType<CallLimits>;
  enabled: boolean;
  published_by: string;
  updated_at: ColumnType<Date, Date | undefined, Date>;
}

export interface PublicationTables {
  'workflow.publications': PublicationsTable;
}
