import { answer, client } from './client';
import type { components } from './generated/schema';

type Schemas = components['schemas'];
export type Credential = Schemas['CredentialView'];
export type CredentialBinding = Schemas['CredentialBinding'];
export type NewCredential = Schemas['StoreCredentialRequest'];
export type NewGrant = Schemas['OauthCredentialBody'];

interface BindingAddress {
  id: string;
  bindingId: string;
}

export const fetchCredentials = async (signal: AbortSignal): Promise<Credential[]> =>
  (await answer(client.GET('/api/v1/credentials', { signal }))).items;
export const storeCredential = (body: NewCredential) => answer(client.POST('/api/v1/credentials', { body }));
export const startGrant = (body: NewGrant) => answer(client.POST('/api/v1/credentials/oauth', { body }));
export const replaceSecret = ({ id, ...body }: Schemas['ReplaceSecretBody'] & { id: string }) =>
  answer(client.PUT('/api/v1/credentials/{id}/secret', { params: { path: { id } }, body }));
export const removeCredential = (id: string) =>
  answer(client.DELETE('/api/v1/credentials/{id}', { params: { path: { id } } }));
/** Asks the credential's owner to let work without a person use it. */
export const proposeBinding = ({
  credentialId,
  workflowId,
  revisionHash,
  role,
  warehouse,
}: Schemas['ProposeBindingBody'] & { credentialId: string }): Promise<Credential> =>
  answer(
    client.POST('/api/v1/credentials/{id}/bindings', {
      params: { path: { id: credentialId } },
      body: { workflowId, revisionHash, role, warehouse },
    }),
  );
export const approveBinding = (path: BindingAddress) =>
  answer(client.POST('/api/v1/credentials/{id}/bindings/{bindingId}/approve', { params: { path } }));
export const revokeBinding = (path: BindingAddress) =>
  answer(client.DELETE('/api/v1/credentials/{id}/bindings/{bindingId}', { params: { path } }));
