import { OwnershipProof } from '../../features/settings/ownership/OwnershipProof';
import { SettingsHeader } from './SettingsHeader';

/** For who looks after the account in Snowflake, but came in a way that does not show it. */
export function OwnershipPage() {
  return (
    <>
      <SettingsHeader title="Ownership" />
      <p className="settings-text">
        Who manages grants in Snowflake owns this SnowFlow tenant. A sign-in by OAuth cannot show that, for Snowflake
        keeps ACCOUNTADMIN and SECURITYADMIN out of it. Prove it by statements instead.
      </p>
      <OwnershipProof />
    </>
  );
}
