import { redirect, type RouteObject } from 'react-router';

/** The pages under /settings, each loaded when it is opened. */
export const settingsRoutes: RouteObject = {
  path: '/settings',
  lazy: async () => ({ Component: (await import('./SettingsLayout')).SettingsLayout }),
  children: [
    { index: true, loader: () => redirect('/settings/sessions') },
    { path: 'sessions', lazy: async () => ({ Component: (await import('./SessionsPage')).SessionsPage }) },
    { path: 'api-keys', lazy: async () => ({ Component: (await import('./ApiKeysPage')).ApiKeysPage }) },
    { path: 'credentials', lazy: async () => ({ Component: (await import('./CredentialsPage')).CredentialsPage }) },
    { path: 'members', lazy: async () => ({ Component: (await import('./MembersPage')).MembersPage }) },
    { path: 'sign-in', lazy: async () => ({ Component: (await import('./SignInSettingsPage')).SignInSettingsPage }) },
    { path: 'policies', lazy: async () => ({ Component: (await import('./PoliciesPage')).PoliciesPage }) },
    { path: 'embedding', lazy: async () => ({ Component: (await import('./EmbeddingPage')).EmbeddingPage }) },
    { path: 'webhooks', lazy: async () => ({ Component: (await import('./WebhooksPage')).WebhooksPage }) },
    { path: 'outside-hosts', lazy: async () => ({ Component: (await import('./OutsideHostsPage')).OutsideHostsPage }) },
    {
      path: 'outside-credentials',
      lazy: async () => ({ Component: (await import('./OutsideCredentialsPage')).OutsideCredentialsPage }),
    },
    { path: 'outside-calls', lazy: async () => ({ Component: (await import('./OutsideCallsPage')).OutsideCallsPage }) },
    {
      path: 'scratch-tables',
      lazy: async () => ({ Component: (await import('./ScratchTablesPage')).ScratchTablesPage }),
    },
    { path: 'ownership', lazy: async () => ({ Component: (await import('./OwnershipPage')).OwnershipPage }) },
  ],
};
