import { createBrowserRouter, redirect } from 'react-router';
import { LoginPage } from './pages/LoginPage';
import { NotFoundPage } from './pages/NotFoundPage';
import { RouteErrorPage } from './pages/RouteErrorPage';
import { adminRoutes } from './pages/admin/admin-routes';
import { settingsRoutes } from './pages/settings/settings-routes';
import { SignedIn } from './pages/SignedIn';

export const router = createBrowserRouter([
  { path: '/', loader: () => redirect('/workflows') },
  { path: '/login', Component: LoginPage },
  { path: '/setup', lazy: async () => ({ Component: (await import('./pages/SetupPage')).SetupPage }) },
  {
    path: '/embed/:embedId',
    ErrorBoundary: RouteErrorPage,
    lazy: async () => ({ Component: (await import('./pages/EmbedPage')).EmbedPage }),
  },
  {
    Component: SignedIn,
    ErrorBoundary: RouteErrorPage,
    children: [
      {
        path: '/workflows',
        lazy: async () => ({ Component: (await import('./pages/WorkflowsPage')).WorkflowsPage }),
      },
      {
        path: '/workflows/:workflowId',
        lazy: async () => ({ Component: (await import('./pages/BuilderPage')).BuilderPage }),
      },
      {
        path: '/catalog',
        lazy: async () => ({ Component: (await import('./pages/CatalogPage')).CatalogPage }),
      },
      {
        path: '/semantic-models',
        lazy: async () => ({ Component: (await import('./pages/SemanticModelsPage')).SemanticModelsPage }),
      },
      {
        path: '/semantic-models/new',
        lazy: async () => ({ Component: (await import('./pages/NewSemanticModelPage')).NewSemanticModelPage }),
      },
      {
        path: '/semantic-models/:database/:schema/:name',
        lazy: async () => ({ Component: (await import('./pages/SemanticModelPage')).SemanticModelPage }),
      },
      {
        path: '/templates',
        lazy: async () => ({ Component: (await import('./pages/TemplatesPage')).TemplatesPage }),
      },
      {
        path: '/runs',
        lazy: async () => ({ Component: (await import('./pages/RunsPage')).RunsPage }),
      },
      {
        path: '/runs/:runId',
        lazy: async () => ({ Component: (await import('./pages/RunDetailsPage')).RunDetailsPage }),
      },
      {
        path: '/chat/:workflowId',
        lazy: async () => ({ Component: (await import('./pages/ChatPage')).ChatPage }),
      },
      {
        path: '/approvals',
        lazy: async () => ({ Component: (await import('./pages/ApprovalsPage')).ApprovalsPage }),
      },
      {
        path: '/schedules',
        lazy: async () => ({ Component: (await import('./pages/SchedulesPage')).SchedulesPage }),
      },
      {
        path: '/nodes',
        lazy: async () => ({ Component: (await import('./pages/NodesPage')).NodesPage }),
      },
      settingsRoutes,
      adminRoutes,
    ],
  },
  { path: '*', Component: NotFoundPage },
]);
