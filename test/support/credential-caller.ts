import { randomUUID } from 'node:crypto';
import { authContract, type AuthClient } from '@snowflow/contracts/auth/auth.contract';
import type { CredentialSession, UseCredentialRequest } from '@snowflow/contracts/auth/credentials.dto';
import { KeyRing } from '@snowflow/platform/security/key-ring';
import { createClient } from '@snowflow/transport/create-client';
import { runInScope } from '@snowflow/transport/request-scope';
import { RpcCaller } from '@snowflow/transport/rpc-caller';

/** Uses stored credentials straight through auth's RPC, as a scheduler would: for a tenant, without a person. */
export class CredentialCaller {
  private readonly caller: RpcCaller;
  private readonly auth: AuthClient;

  /** `sealingKeys`: the ring that the stack was started with. */
  constructor(redisUrl: string, sealingKeys: string) {
    this.caller = new RpcCaller({ redisUrl, sealer: new KeyRing(sealingKeys) });
    this.auth = createClient(authContract, this.caller);
  }

  use(tenantId: string, request: Omit<UseCredentialRequest, 'purpose'>): Promise<CredentialSession> {
    return runInScope({ context: { correlationId: randomUUID(), tenantId } }, () =>
      this.auth.useCredential({ ...request, purpose: 'schedule' }),
    );
  }

  close(): Promise<void> {
    return this.caller.close();
  }
}
