import type { RunStatus } from '@snowflow/contracts/runs/run-state';
import { answer, client } from './client';
import type { components } from './generated/schema';
import type { Page } from './types';

type Schemas = components['schemas'];
export type RunFigures = Schemas['RunFiguresView'];
export type Overview = Schemas['OverviewView'];
export type OverviewGroup = Schemas['OverviewGroupView'];
export type TowerRun = Omit<Schemas['TowerRunView'], 'status'> & { status: RunStatus };
export type TowerApproval = Schemas['TowerApprovalView'];
export type TenantSession = Schemas['TenantSessionView'];
export type TenantApiKey = Schemas['TenantApiKeyView'];
export type Usage = Schemas['UsageView'];
export type UsageRow = Schemas['UsageRowView'];

/** From when to when, as moments. */
export interface TowerTime {
  from: string;
  to: string;
}

/** Which runs of the tenant are shown; what is null narrows nothing. */
export interface TowerRunFilters {
  status: string | null;
  workflowId: string | null;
  person: string | null;
  warehouse: string | null;
  from: string | null;
  to: string | null;
}

export const fetchOverview = (time: TowerTime, by: Overview['by'], signal: AbortSignal): Promise<Overview> =>
  answer(client.GET('/api/v1/admin/overview', { params: { query: { ...time, by } }, signal }));

export const fetchTowerRuns = async (filters: TowerRunFilters, cursor: string | null, signal: AbortSignal) => {
  const given = Object.entries({ ...filters, cursor }).filter(([, value]) => value !== null);
  const query = { limit: 50, ...(Object.fromEntries(given) as Record<string, string>) };
  return (await answer(client.GET('/api/v1/admin/runs', { params: { query }, signal }))) as Page<TowerRun>;
};

export const cancelTenantRun = (runId: string) =>
  answer(client.POST('/api/v1/admin/runs/{runId}/cancel', { params: { path: { runId } } }));

const MOST_APPROVALS = 200;

export const fetchTenantApprovals = async (signal: AbortSignal): Promise<TowerApproval[]> =>
  (await answer(client.GET('/api/v1/admin/approvals', { params: { query: { limit: MOST_APPROVALS } }, signal }))).items;

export const fetchTenantSessions = async (signal: AbortSignal): Promise<TenantSession[]> =>
  (await answer(client.GET('/api/v1/admin/sessions', { signal }))).items;

export const endTenantSession = (sessionId: string) =>
  answer(client.DELETE('/api/v1/admin/sessions/{sessionId}', { params: { path: { sessionId } } }));

export const fetchTenantApiKeys = async (signal: AbortSignal): Promise<TenantApiKey[]> =>
  (await answer(client.GET('/api/v1/admin/api-keys', { signal }))).items;

export const revokeTenantApiKey = (keyId: string) =>
  answer(client.DELETE('/api/v1/admin/api-keys/{keyId}', { params: { path: { keyId } } }));

export const fetchUsage = (time: TowerTime, by: Usage['by'], signal: AbortSignal): Promise<Usage> =>
  answer(client.GET('/api/v1/admin/usage', { params: { query: { ...time, by } }, signal }));
