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
    // The Control Tower has them; their addresses of before stand in bookmarks and mails.
    { path: 'members', loader: () => redirect('/admin/members') },
    { path: 'sign-in', loader: ({ request }) => redirect(`/admin/settings${new URL(request.url).search}`) },
    { path: 'policies', loader: () => redirect('/admin/policies') },
    { path: 'ownership', lazy: async () => ({ Component: (await import('./OwnershipPage')).OwnershipPage }) },
  ],
};
