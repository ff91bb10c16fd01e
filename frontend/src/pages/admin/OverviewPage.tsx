import { OverviewPanel } from '../../features/admin/overview/OverviewPanel';
import { SettingsHeader } from '../settings/SettingsHeader';

export function OverviewPage() {
  return (
    <>
      <SettingsHeader title="Overview" />
      <p className="settings-text">
        What everybody of the tenant ran and what it took. A run counts at the moment when it was created.
      </p>
      <OverviewPanel />
    </>
  );
}
