import type { Credential, CredentialBinding } from '../../api/credentials';

/** What work without a person asks for: a credential, for exactly this revision, role and warehouse. */
export interface WantedRight {
  credentialId: string;
  workflowId: string;
  revisionHash: string;
  role: string;
  warehouse: string | null;
}

/** The use of the credential that was asked for or approved; one that was removed counts for nothing. */
export function bindingFor(
  { workflowId, revisionHash, role, warehouse }: WantedRight,
  credential: Credential,
): CredentialBinding | undefined {
  return credential.bindings.find(
    (one) =>
      one.workflowId === workflowId &&
      one.revisionHash === revisionHash &&
      one.role === role &&
      one.warehouse === warehouse &&
      one.state !== 'revoked',
  );
}
