import { TenantSessionsPanel } from '../../features/admin/sessions/TenantSessionsPanel';
import { SettingsHeader } from '../settings/SettingsHeader';

export function TenantSessionsPage() {
  return (
    <>
      <SettingsHeader title="Sessions" />
      <p className="settings-text">Where everybody is signed in, and what stored credentials opened.</p>
      <TenantSessionsPanel />
    </>
  );
}
