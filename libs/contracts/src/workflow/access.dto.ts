import { Flag, FreeObject, Nested, OneOf, Text, Texts, Whole } from '../dto/fields';
import { MissingPrivilege } from './preview.dto';
import { MOST_REVISIONS } from './revisions.dto';

/** Which document is asked about, and which roles; without names those of the person, or for admins those that Snowflake lists. */
export class AccessMatrixRequest {
  @Text({ optional: true }) workflowId?: string;
  @Whole({ optional: true, min: 1, max: MOST_REVISIONS }) revision?: number;
  @FreeObject({ optional: true }) definition?: Record<string, unknown>;
  @Texts({ optional: true, max: 50, description: 'Other roles are left out' }) roles?: string[];
}

export class AccessCell {
  @Text() role: string;
  @OneOf(['granted', 'missing', 'unknown']) state: 'granted' | 'missing' | 'unknown';
  @Nested(() => MissingPrivilege, { many: true, max: 100 }) missing: MissingPrivilege[];
}

/** A node that needs grants. */
export class AccessRow {
  @Text() nodeId: string;
  @Nested(() => MissingPrivilege, { many: true, max: 500, description: 'What it needs, as far as its config says' })
  needs: MissingPrivilege[];
  @Flag({ description: 'It needs more than its config says, such as a function of Cortex' }) needsMore: boolean;
  @Texts({ description: 'Masking policies on what it reads, as your role sees them: other roles may see other values' })
  policies: string[];
  @Nested(() => AccessCell, { many: true, max: 50 }) cells: AccessCell[];
}

/** Who could run a workflow, from what SHOW GRANTS says. */
export class AccessMatrixView {
  @Texts({ description: 'In the order of the cells' }) roles: string[];
  @Flag({ description: 'There are more roles than are shown' }) moreRoles: boolean;
  @Nested(() => AccessRow, { many: true, max: 2_000 }) nodes: AccessRow[];
  @Text({ max: 1_000 }) note: string;
}
