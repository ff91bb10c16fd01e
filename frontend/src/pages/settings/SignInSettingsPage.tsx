import { useQuery } from '@tanstack/react-query';
import { Loaded } from '../../features/settings/Loaded';
import { OwnershipProof } from '../../features/settings/ownership/OwnershipProof';
import { SettingsSection } from '../../features/settings/SettingsSection';
import { ExternalOauthSetup } from '../../features/settings/sign-in/ExternalOauthSetup';
import { OauthClients } from '../../features/settings/sign-in/OauthClients';
import { OauthSetup } from '../../features/settings/sign-in/OauthSetup';
import { SettingsForm } from '../../features/settings/sign-in/SettingsForm';
import { useOauthClients, useTenantSettings } from '../../features/settings/sign-in/use-settings';
import { ConnectionTestPanel } from '../../features/session/ConnectionTestPanel';
import { meQuery } from '../../features/session/me-query';
import { AdminOnly } from './AdminOnly';
import { SettingsHeader } from './SettingsHeader';

const TITLE = 'Sign-in and limits';

export function SignInSettingsPage() {
  return (
    <AdminOnly title={TITLE}>
      <SignInSettings />
    </AdminOnly>
  );
}

/** How people sign in to the tenant, and what it may use. */
function SignInSettings() {
  const { data: me } = useQuery(meQuery);
  const settings = useTenantSettings();
  const clients = useOauthClients();
  return (
    <>
      <SettingsHeader title={TITLE} />
      <SettingsSection title="Rules" text="They hold for everybody of this Snowflake account.">
        <Loaded query={settings} what="The settings">
          {(loaded) => <SettingsForm settings={loaded} isOwner={me?.appRole === 'owner'} />}
        </Loaded>
      </SettingsSection>
      <SettingsSection
        title="OAuth clients"
        text="With OAuth nobody types a Snowflake password here: people sign in at Snowflake or at your company."
      >
        <Loaded query={clients} what="The OAuth clients">
          {(items) => <OauthClients clients={items} methods={settings.data?.methods ?? []} />}
        </Loaded>
        <OauthSetup />
        {clients.data && (
          <ExternalOauthSetup issuer={clients.data.find(({ provider }) => provider === 'external')?.issuer ?? null} />
        )}
      </SettingsSection>
      {me && (
        <SettingsSection
          title="Connection"
          text="Which parts of your Snowflake account this installation can reach, and the storage that large results come from."
        >
          <ConnectionTestPanel own account={me.account} onMissing={() => undefined} />
        </SettingsSection>
      )}
      <SettingsSection
        title="Ownership"
        text="A sign-in by OAuth cannot show that you hold ACCOUNTADMIN or SECURITYADMIN. Proved once by statements, you own the tenant however you sign in."
      >
        <OwnershipProof />
      </SettingsSection>
    </>
  );
}
