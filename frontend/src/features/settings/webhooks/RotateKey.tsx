import { RotateCw } from 'lucide-react';
import { useState } from 'react';
import type { WebhookKeyFacts } from '../../../api/webhook-keys';
import { Button } from '../../../components/Button';
import { absoluteTime } from '../../format/moments';
import { ConfirmDialog } from '../ConfirmDialog';
import { ShownKeyDialog } from './ShownKeyDialog';
import { useRotateWebhookKey } from './use-webhook-keys';

/** Replaces the key, then shows the new one. */
export function RotateKey({ keys }: { keys: readonly WebhookKeyFacts[] }) {
  const [asking, setAsking] = useState(false);
  const rotate = useRotateWebhookKey();
  const before = keys.find(({ validUntil }) => validUntil !== null);
  const close = () => {
    rotate.reset();
    setAsking(false);
  };
  if (rotate.data) {
    return (
      <ShownKeyDialog
        title="The key was replaced"
        description="Give receivers this one within 24 hours. Until then the key before it signs, too, so nothing is lost in between."
        secret={rotate.data.secret}
        onClose={close}
      />
    );
  }
  return (
    <>
      <Button onClick={() => setAsking(true)}>
        <RotateCw size={14} aria-hidden /> Replace key
      </Button>
      <ConfirmDialog
        open={asking}
        title="Replace the key of the webhooks?"
        description="Webhooks are signed with the new key at once, and with the one in use for 24 hours more. Receivers need the new one by then."
        keep="Keep key"
        confirm="Replace key"
        busy={rotate.isPending}
        error={rotate.error}
        onConfirm={() => rotate.mutate()}
        onClose={close}
      >
        {before && <p>The key that was to sign until {absoluteTime(before.validUntil ?? '')} stops signing now.</p>}
      </ConfirmDialog>
    </>
  );
}
