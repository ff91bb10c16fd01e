import { auditMigration } from '@snowflow/platform/audit/audit-tables';

/** Who changed what, in a chain that shows when it was touched. */
export const audit = auditMigration('workflow');
