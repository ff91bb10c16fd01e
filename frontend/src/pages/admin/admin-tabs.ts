import type { ComponentType } from 'react';

/** A page of the Control Tower: its address below /admin, its word, and what it is loaded by. */
interface AdminTab {
  path: string;
  label: string;
  load: () => Promise<ComponentType>;
}

/** What the Control Tower has, in the order in which it is shown. */
export const ADMIN_TABS: readonly AdminTab[] = [
  { path: 'overview', label: 'Overview', load: async () => (await import('./OverviewPage')).OverviewPage },
  { path: 'runs', label: 'Runs', load: async () => (await import('./TowerRunsPage')).TowerRunsPage },
  {
    path: 'approvals',
    label: 'Approvals',
    load: async () => (await import('./TowerApprovalsPage')).TowerApprovalsPage,
  },
  { path: 'sessions', label: 'Sessions', load: async () => (await import('./TenantSessionsPage')).TenantSessionsPage },
  { path: 'usage', label: 'Usage', load: async () => (await import('./UsagePage')).UsagePage },
  { path: 'members', label: 'Members', load: async () => (await import('../settings/MembersPage')).MembersPage },
  {
    path: 'credentials',
    label: 'Credentials',
    load: async () => (await import('../settings/CredentialsPage')).CredentialsPage,
  },
  { path: 'policies', label: 'Policies', load: async () => (await import('../settings/PoliciesPage')).PoliciesPage },
  {
    path: 'settings',
    label: 'Settings',
    load: async () => (await import('../settings/SignInSettingsPage')).SignInSettingsPage,
  },
];
