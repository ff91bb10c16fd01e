import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { EmptyState } from '../../components/EmptyState';
import { isAdministrator, ROLE_NAMES } from '../../features/settings/names';
import { meQuery } from '../../features/session/me-query';
import { SettingsHeader } from './SettingsHeader';

/** A page for owners and admins; others who open its address are told so. */
export function AdminOnly({ title, children }: { title: string; children: ReactNode }) {
  const { data: me } = useQuery(meQuery);
  if (!me) return null;
  if (isAdministrator(me.appRole)) return children;
  return (
    <>
      <SettingsHeader title={title} />
      <div className="settings-empty">
        <EmptyState
          title="This page is for owners and admins."
          text={`Your role here is ${ROLE_NAMES[me.appRole].toLowerCase()}. Ask one of them, or prove that you own the account.`}
          action={
            <Link className="button button-default button-md" to="/settings/ownership">
              Prove ownership
            </Link>
          }
        />
      </div>
    </>
  );
}
