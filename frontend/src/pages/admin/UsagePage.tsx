import { UsagePanel } from '../../features/admin/usage/UsagePanel';
import { SettingsHeader } from '../settings/SettingsHeader';

export function UsagePage() {
  return (
    <>
      <SettingsHeader title="Usage" />
      <p className="settings-text">What runs cost, for each workflow, revision and person.</p>
      <UsagePanel />
    </>
  );
}
