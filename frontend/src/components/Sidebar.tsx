import { useQuery } from '@tanstack/react-query';
import {
  BookOpenText,
  CalendarClock,
  Database,
  History,
  LayoutTemplate,
  Settings,
  Shapes,
  TowerControl,
  UserCheck,
  Workflow,
} from 'lucide-react';
import { NavLink } from 'react-router';
import { useApprovals } from '../features/approvals/use-approvals';
import { AccountMenu } from '../features/session/AccountMenu';
import { meQuery } from '../features/session/me-query';
import { isAdministrator } from '../features/settings/names';
import { Logo } from './Logo';
import './Sidebar.css';

/** The navigation of every page but the builder. */
export function Sidebar() {
  const { data: me } = useQuery(meQuery);
  const waiting = useApprovals().data?.length ?? 0;
  return (
    <aside className="sidebar" aria-label="Sidebar">
      <div className="sidebar-brand">
        <Logo size={22} /> <span>SnowFlow</span>
      </div>
      <nav aria-label="Main">
        <NavLink to="/workflows">
          <Workflow size={16} aria-hidden /> <span>Workflows</span>
        </NavLink>
        <NavLink to="/catalog">
          <Database size={16} aria-hidden /> <span>Catalog</span>
        </NavLink>
        <NavLink to="/semantic-models">
          <BookOpenText size={16} aria-hidden /> <span>Semantic models</span>
        </NavLink>
        <NavLink to="/templates">
          <LayoutTemplate size={16} aria-hidden /> <span>Templates</span>
        </NavLink>
        <NavLink to="/runs">
          <History size={16} aria-hidden /> <span>Runs</span>
        </NavLink>
        <NavLink to="/approvals">
          <UserCheck size={16} aria-hidden /> <span>Approvals</span>
          {waiting > 0 && (
            <span className="sidebar-count">
              {waiting}
              <span className="visually-hidden"> waiting for you</span>
            </span>
          )}
        </NavLink>
        <NavLink to="/schedules">
          <CalendarClock size={16} aria-hidden /> <span>Schedules</span>
        </NavLink>
        <NavLink to="/nodes">
          <Shapes size={16} aria-hidden /> <span>Node types</span>
        </NavLink>
        {isAdministrator(me?.appRole) && (
          <NavLink to="/admin">
            <TowerControl size={16} aria-hidden /> <span>Control Tower</span>
          </NavLink>
        )}
        <NavLink to="/settings">
          <Settings size={16} aria-hidden /> <span>Settings</span>
        </NavLink>
      </nav>
      <div className="sidebar-foot">
        <dl>
          <div>
            <dt>Account</dt>
            <dd className="mono">{me?.account}</dd>
          </div>
          <div>
            <dt>Role</dt>
            <dd className="mono">{me?.role ?? 'none'}</dd>
          </div>
          <div>
            <dt>Warehouse</dt>
            <dd className="mono">{me?.warehouse ?? 'none'}</dd>
          </div>
        </dl>
        <AccountMenu showName />
      </div>
    </aside>
  );
}
