import type { CredentialBinding, CredentialView } from '@snowflow/contracts/auth/credentials.dto';
import type { BindingRow, CredentialRow } from './credentials.tables';

/** A credential as people see it: nothing leads from here to its secret. */
export function credentialView(row: CredentialRow, bindings: BindingRow[]): CredentialView {
  return {
    id: row.id,
    name: row.name,
    kind: row.kind,
    provider: row.provider,
    boundRole: row.bound_role,
    username: row.username,
    ownerId: row.owner_id,
    state: row.state,
    reason: row.reason,
    createdAt: row.created_at.toISOString(),
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
    bindings: bindings.filter(({ credential_id }) => credential_id === row.id).map(bindingView),
  };
}

function bindingView(row: BindingRow): CredentialBinding {
  return {
    id: row.id,
    workflowId: row.workflow_id,
    revisionHash: row.revision_hash,
    role: row.role,
    warehouse: row.warehouse,
    state: row.state,
    proposedAt: row.proposed_at.toISOString(),
    approvedAt: row.approved_at?.toISOString() ?? null,
  };
}
