import type { CredentialKind } from '@snowflow/contracts/auth/credentials.dto';
import type { OauthProvider } from '@snowflow/contracts/sessions/session-record';
import type { Generated, Selectable } from 'kysely';

/** The tables of stored credentials in schema `auth`, for Kysely. */
export type CredentialTables = { credentials: CredentialsTable; credential_bindings: BindingsTable };

interface CredentialsTable {
  tenant_id: string;
  id: string;
  owner_id: string;
  name: string;
  kind: CredentialKind;
  account: string;
  username: string;
  /** The reference to the secret in the store of secrets. */
  secret_name: string;
  state: Generated<'active' | 'suspended'>;
  reason: string | null;
  created_at: Generated<Date>;
  last_used_at: Date | null;
  /** Of an OAuth grant: who gave it, and the one role it is for. */
  provider: OauthProvider | null;
  bound_role: string | null;
  /** Since when the provider is being asked for new tokens; null once its answer is kept. */
  refresh_begun_at: Date | null;
}

interface BindingsTable {
  tenant_id: string;
  id: string;
  credential_id: string;
  workflow_id: string;
  revision_hash: string;
  role: string;
  warehouse: string | null;
  state: Generated<'proposed' | 'approved' | 'revoked'>;
  proposed_by: string;
  proposed_at: Generated<Date>;
  approved_at: Date | null;
}

export type CredentialRow = Selectable<CredentialsTable>;
export type BindingRow = Selectable<BindingsTable>;
