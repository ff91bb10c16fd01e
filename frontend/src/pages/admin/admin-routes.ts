import { redirect, type RouteObject } from 'react-router';
import { ADMIN_TABS } from './admin-tabs';

/** The Control Tower, a route for each of its tabs. */
export const adminRoutes: RouteObject = {
  path: '/admin',
  lazy: async () => ({ Component: (await import('./AdminLayout')).AdminLayout }),
  children: [
    { index: true, loader: () => redirect('/admin/overview') },
    ...ADMIN_TABS.map((tab) => ({
      path: tab.path,
      lazy: async () => ({ Component: await (await import('./load-tab')).loadTab(tab) }),
    })),
  ],
};
