import type { ComponentType } from 'react';

/** A page of the Control Tower: its address below /admin, its word, and what it is loaded by. */
export interface AdminTab {
  path: string;
  label: string;
  /** Above what is loaded, where that has no heading of its own. */
  heading?: { title: string; text: string };
  load: () => Promise<ComponentType>;
}

/** What the Control Tower has, in the order in which it is shown. */
export const ADMIN_TABS: readonly AdminTab[] = [
  {
    path: 'overview',
    label: 'Overview',
    heading: {
      title: 'Overview',
      text: 'What everybody of the tenant ran and what it took. A run counts at the moment when it was created.',
    },
    load: async () => (await import('../../features/admin/overview/OverviewPanel')).OverviewPanel,
  },
  {
    path: 'runs',
    label: 'Runs',
    heading: { title: 'Runs', text: 'Runs of everybody, live and past.' },
    load: async () => (await import('../../features/admin/runs/TowerRunsPanel')).TowerRunsPanel,
  },
  {
    path: 'approvals',
    label: 'Approvals',
    heading: {
      title: 'Approvals',
      text: 'All that waits for a decision. You decide where a workflow names you or your current role.',
    },
    load: async () => (await import('../../features/admin/approvals/TenantApprovalsPanel')).TenantApprovalsPanel,
  },
  {
    path: 'sessions',
    label: 'Sessions',
    heading: { title: 'Sessions', text: 'Where everybody is signed in, and what stored credentials opened.' },
    load: async () => (await import('../../features/admin/sessions/TenantSessionsPanel')).TenantSessionsPanel,
  },
  {
    path: 'api-keys',
    label: 'API keys',
    heading: { title: 'API keys', text: 'What everybody lets programs call published workflows with.' },
    load: async () => (await import('../../features/admin/api-keys/TenantApiKeysPanel')).TenantApiKeysPanel,
  },
  {
    path: 'usage',
    label: 'Usage',
    heading: { title: 'Usage', text: 'What runs cost, for each workflow, revision and person.' },
    load: async () => (await import('../../features/admin/usage/UsagePanel')).UsagePanel,
  },
  {
    path: 'audit',
    label: 'Audit',
    heading: { title: 'Audit log', text: 'Who changed what, chained so that what is altered later shows.' },
    load: async () => (await import('../../features/admin/audit/AuditPanel')).AuditPanel,
  },
  { path: 'members', label: 'Members', load: async () => (await import('../settings/MembersPage')).MembersPage },
  {
    path: 'credentials',
    label: 'Credentials',
    load: async () => (await import('../settings/CredentialsPage')).CredentialsPage,
  },
  { path: 'policies', label: 'Policies', load: async () => (await import('../settings/PoliciesPage')).PoliciesPage },
  {
    path: 'embedding',
    label: 'Embedding',
    load: async () => (await import('../settings/EmbeddingPage')).EmbeddingPage,
  },
  {
    path: 'settings',
    label: 'Settings',
    load: async () => (await import('../settings/SignInSettingsPage')).SignInSettingsPage,
  },
];
