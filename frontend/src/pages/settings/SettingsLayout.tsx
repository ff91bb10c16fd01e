import { useQuery } from '@tanstack/react-query';
import { NavLink, Outlet } from 'react-router';
import { Sidebar } from '../../components/Sidebar';
import { isAdministrator } from '../../features/settings/names';
import { meQuery } from '../../features/session/me-query';
import '../../features/settings/Settings.css';
import './SettingsLayout.css';

const OWN_PAGES = [
  { to: '/settings/sessions', label: 'Sessions' },
  { to: '/settings/api-keys', label: 'API keys' },
  { to: '/settings/credentials', label: 'Stored credentials' },
];
const TENANT_PAGES = [
  { to: '/settings/webhooks', label: 'Webhooks' },
  { to: '/settings/outside-hosts', label: 'Outside hosts' },
  { to: '/settings/outside-credentials', label: 'Outside credentials' },
  { to: '/settings/outside-calls', label: 'Outside calls' },
  { to: '/settings/scratch-tables', label: 'Scratch tables' },
];
const OWNERSHIP_PAGE = { to: '/settings/ownership', label: 'Ownership' };

/** The frame of the settings: only the pages that the person may use are named. */
export function SettingsLayout() {
  const { data: me } = useQuery(meQuery);
  const pages = [...OWN_PAGES, ...(isAdministrator(me?.appRole) ? TENANT_PAGES : [OWNERSHIP_PAGE])];
  return (
    <div className="settings">
      <a className="skip-link" href="#main">
        Skip to settings
      </a>
      <Sidebar />
      <main id="main" tabIndex={-1}>
        <nav className="settings-nav" aria-label="Settings">
          {pages.map(({ to, label }) => (
            <NavLink key={to} to={to}>
              {label}
            </NavLink>
          ))}
        </nav>
        <div className="settings-page">
          <Outlet />
        </div>
      </main>
    </div>
  );
}
