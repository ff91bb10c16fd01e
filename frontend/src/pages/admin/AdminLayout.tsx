import { useQuery } from '@tanstack/react-query';
import { Link, NavLink, Outlet } from 'react-router';
import { EmptyState } from '../../components/EmptyState';
import { Sidebar } from '../../components/Sidebar';
import { meQuery } from '../../features/session/me-query';
import { isAdministrator, ROLE_NAMES } from '../../features/settings/names';
import { SettingsHeader } from '../settings/SettingsHeader';
import { ADMIN_TABS } from './admin-tabs';
import '../../features/settings/Settings.css';
import '../settings/SettingsLayout.css';
import './AdminLayout.css';

/** The frame of the Control Tower; who is no owner or admin is told whose it is. */
export function AdminLayout() {
  const { data: me } = useQuery(meQuery);
  return (
    <div className="settings">
      <a className="skip-link" href="#main">
        Skip to Control Tower
      </a>
      <Sidebar />
      <main id="main" tabIndex={-1}>
        {me && (isAdministrator(me.appRole) ? <Tower /> : <NotYours role={ROLE_NAMES[me.appRole]} />)}
      </main>
    </div>
  );
}

function Tower() {
  return (
    <>
      <nav className="settings-nav" aria-label="Control Tower">
        {ADMIN_TABS.map(({ path, label }) => (
          <NavLink key={path} to={`/admin/${path}`}>
            {label}
          </NavLink>
        ))}
      </nav>
      <div className="settings-page tower-page">
        <Outlet />
      </div>
    </>
  );
}

function NotYours({ role }: { role: string }) {
  return (
    <div className="settings-page">
      <SettingsHeader title="Control Tower" />
      <div className="settings-empty">
        <EmptyState
          title="Only owners and admins see the Control Tower."
          text={`Your role here is ${role.toLowerCase()}. Ask one of them, or prove that you own the account.`}
          action={
            <Link className="button button-default button-md" to="/settings/ownership">
              Prove ownership
            </Link>
          }
        />
      </div>
    </div>
  );
}
