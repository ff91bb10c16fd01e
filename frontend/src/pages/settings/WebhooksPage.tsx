import { Loaded } from '../../features/settings/Loaded';
import { SettingsSection } from '../../features/settings/SettingsSection';
import { RotateKey } from '../../features/settings/webhooks/RotateKey';
import { useWebhookKeys } from '../../features/settings/webhooks/use-webhook-keys';
import { VerifyingGuide } from '../../features/settings/webhooks/VerifyingGuide';
import { WebhookKeyList } from '../../features/settings/webhooks/WebhookKeyList';
import { AdminOnly } from './AdminOnly';
import { SettingsHeader } from './SettingsHeader';

export function WebhooksPage() {
  return (
    <AdminOnly title="Webhooks">
      <Webhooks />
    </AdminOnly>
  );
}

/** How receivers know that a webhook comes from the tenant's workflows. */
function Webhooks() {
  const keys = useWebhookKeys();
  return (
    <>
      <SettingsHeader title="Webhooks" action={keys.data && <RotateKey keys={keys.data} />} />
      <p className="settings-text">
        Every webhook that a Notification sends is signed. One key signs for all workflows of this account; it exists
        from the first time that it is needed or looked at.
      </p>
      <Loaded query={keys} what="The keys of the webhooks">
        {(items) => <WebhookKeyList keys={items} />}
      </Loaded>
      <SettingsSection title="Verify a webhook" text="A receiver checks these three before it believes what it got.">
        <VerifyingGuide />
      </SettingsSection>
    </>
  );
}
