import { answer, client } from './client';
import type { components, operations } from './generated/schema';

type Schemas = components['schemas'];
export type TenantSettings = Schemas['TenantSettings'];
export type Member = Schemas['MemberView'];
export type GivenRole = Schemas['InviteRequest']['appRole'];
export type OauthClient = Schemas['OauthClientView'];
export type OauthProvider = OauthClient['provider'];
type OauthClientBody = Schemas['SaveOauthClientBody'];

export const fetchSettings = (signal: AbortSignal): Promise<TenantSettings> =>
  answer(client.GET('/api/v1/admin/settings', { signal }));
export const saveSettings = (body: TenantSettings): Promise<TenantSettings> =>
  answer(client.PUT('/api/v1/admin/settings', { body }));

export const fetchMembers = async (signal: AbortSignal): Promise<Member[]> =>
  (await answer(client.GET('/api/v1/admin/members', { signal }))).items;
export const inviteMember = (body: Schemas['InviteRequest']): Promise<Member> =>
  answer(client.POST('/api/v1/admin/members', { body }));
export const changeMember = ({ userId, appRole }: { userId: string; appRole: GivenRole }): Promise<Member> =>
  answer(client.PATCH('/api/v1/admin/members/{userId}', { params: { path: { userId } }, body: { appRole } }));
export const removeMember = (userId: string) =>
  answer(client.DELETE('/api/v1/admin/members/{userId}', { params: { path: { userId } } }));

export const fetchOauthClients = async (signal: AbortSignal): Promise<OauthClient[]> =>
  (await answer(client.GET('/api/v1/admin/oauth-clients', { signal }))).items;
export const fetchSetupSql = (signal: AbortSignal) =>
  answer(client.GET('/api/v1/admin/oauth-clients/setup-sql', { signal }));
export type ExternalSetupQuery = NonNullable<operations['externalOauthSetupSql']['parameters']['query']>;
export const fetchExternalSetupSql = (query: ExternalSetupQuery) =>
  answer(client.GET('/api/v1/admin/oauth-clients/external/setup-sql', { params: { query } }));
export const saveOauthClient = ({ provider, ...body }: OauthClientBody & { provider: OauthProvider }) =>
  answer(client.PUT('/api/v1/admin/oauth-clients/{provider}', { params: { path: { provider } }, body }));
export const removeOauthClient = (provider: OauthProvider) =>
  answer(client.DELETE('/api/v1/admin/oauth-clients/{provider}', { params: { path: { provider } } }));

export const askOwnershipChallenge = () => answer(client.POST('/api/v1/auth/ownership'));
export const proveOwnership = () => answer(client.POST('/api/v1/auth/ownership/verify'));
