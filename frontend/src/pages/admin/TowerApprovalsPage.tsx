import { TenantApprovalsPanel } from '../../features/admin/approvals/TenantApprovalsPanel';
import { SettingsHeader } from '../settings/SettingsHeader';

export function TowerApprovalsPage() {
  return (
    <>
      <SettingsHeader title="Approvals" />
      <p className="settings-text">
        All that waits for a decision. You decide where a workflow names you or your current role.
      </p>
      <TenantApprovalsPanel />
    </>
  );
}
