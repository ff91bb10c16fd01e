import { TowerRunsPanel } from '../../features/admin/runs/TowerRunsPanel';
import { SettingsHeader } from '../settings/SettingsHeader';

export function TowerRunsPage() {
  return (
    <>
      <SettingsHeader title="Runs" />
      <p className="settings-text">Runs of everybody, live and past.</p>
      <TowerRunsPanel />
    </>
  );
}
