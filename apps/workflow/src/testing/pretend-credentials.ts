import type { AuthClient } from '@snowflow/contracts/auth/auth.contract';
import type { CredentialView, UseCredentialRequest } from '@snowflow/contracts/auth/credentials.dto';
import type { SignEmbedTokenRequest } from '@snowflow/contracts/auth/embed.dto';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { DEFAULT_TENANT_LIMITS, type TenantLimits } from '@snowflow/contracts/sessions/tenant-limits';
import { NO_POLICIES } from '@snowflow/contracts/policies/tenant-policies';
import type { SessionRecord } from '@snowflow/contracts/sessions/session-record';
import type { SessionStore } from '@snowflow/platform/sessions/session-store';
import { sessionRecord } from '@snowflow/testing/session-record';
import { currentContext } from '@snowflow/transport/request-scope';

/** What auth does for runs without a person: it opens a session under each right that was approved, and ends it. It signs embed tokens, too, and knows what tenants decided. */
export class PretendCredentials {
  /** What was approved: the credential's owner, by what is asked for. */
  readonly approved = new Map<string, Pick<SessionRecord, 'userId' | 'username'>>();
  readonly opened: string[] = [];
  readonly ended: string[] = [];
  /** What embed tokens were signed for. */
  readonly signed: SignEmbedTokenRequest[] = [];
  /** What is kept of tenants' limits, or why it is not answered. */
  readonly limits = new Map<string, Partial<TenantLimits> | AppError>();
  private store: SessionStore | undefined;

  readonly client: Pick<
    AuthClient,
    'policiesInForce' | 'limitsInForce' | 'credentials' | 'useCredential' | 'disconnect' | 'signEmbedToken'
  > = {
    signEmbedToken: (request) => {
      this.signed.push(request);
      return Promise.resolve({ token: 'signed', expiresAt: new Date().toISOString(), path: '/embed/emb_1' });
    },
    policiesInForce: () => Promise.resolve(NO_POLICIES),
    limitsInForce: async () => {
      const kept = this.limits.get(currentContext().tenantId ?? '');
      if (kept instanceof AppError) throw kept;
      return { ...DEFAULT_TENANT_LIMITS, ...kept };
    },
    credentials: async () => ({
      items: [...this.approved].map(([right, owner]) => viewOf(right, owner)),
      nextCursor: null,
    }),
    useCredential: async (request) => {
      const owner = this.approved.get(rightOf(request));
      if (!owner) throw new AppError('CREDENTIAL_UNUSABLE', 'The stored credential is not approved for this.');
      const record = sessionRecord({ ...owner, tenantId: currentContext().tenantId, context: contextOf(request) });
      await this.store?.save(record, 3_600);
      this.opened.push(record.id);
      return { sessionId: record.id, userId: record.userId };
    },
    disconnect: async () => {
      const { sessionId = '' } = currentContext();
      this.ended.push(sessionId);
      await this.store?.remove(sessionId);
      return { done: true };
    },
  };

  /** Where the records of its sessions are kept. */
  useStore(store: SessionStore): void {
    this.store = store;
  }

  approve(request: Omit<UseCredentialRequest, 'purpose'>, owner: Pick<SessionRecord, 'userId' | 'username'>): void {
    this.approved.set(rightOf(request), owner);
  }
}

const rightOf = ({ id, workflowId, revisionHash, role, warehouse }: Omit<UseCredentialRequest, 'purpose'>): string =>
  JSON.stringify([id, workflowId, revisionHash, role, warehouse]);

const contextOf = ({ role, warehouse }: UseCredentialRequest): SessionRecord['context'] => ({
  role,
  secondaryRoles: 'NONE',
  warehouse,
  database: null,
  schema: null,
});

function viewOf(right: string, { userId, username }: Pick<SessionRecord, 'userId' | 'username'>): CredentialView {
  const [id, workflowId, revisionHash, role, warehouse] = JSON.parse(right) as [string, string, string, string, string];
  const moment = new Date(0).toISOString();
  const binding = { id: 'bnd', workflowId, revisionHash, role, warehouse, state: 'approved' as const };
  return {
    id,
    name: 'Robot',
    kind: 'pat',
    provider: null,
    boundRole: null,
    username,
    ownerId: userId,
    state: 'active',
    reason: null,
    createdAt: moment,
    lastUsedAt: null,
    bindings: [{ ...binding, proposedAt: moment, approvedAt: moment }],
  };
}
