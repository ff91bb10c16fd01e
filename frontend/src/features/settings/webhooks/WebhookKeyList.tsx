import { useState } from 'react';
import { messageOf } from '../../../api/api-error';
import type { WebhookKeyFacts } from '../../../api/webhook-keys';
import { Button } from '../../../components/Button';
import { showToast } from '../../../components/toast-store';
import { absoluteTime, timeAgo } from '../../format/moments';
import { RecordRow } from '../RecordRow';
import { StateMark } from '../StateMark';
import { ShownKeyDialog } from './ShownKeyDialog';
import { useReadWebhookKey } from './use-webhook-keys';

/** The keys that sign, the newest first; a secret is read only when it is asked for. */
export function WebhookKeyList({ keys }: { keys: readonly WebhookKeyFacts[] }) {
  const [reading, setReading] = useState<string>();
  const read = useReadWebhookKey();
  const show = (id: string) => {
    setReading(id);
    read.mutate(id, {
      onSuccess: (key) => {
        if (!key) showToast('This key does not sign any more. Reload the page.');
      },
      onError: (error) => showToast(messageOf(error)),
    });
  };
  return (
    <>
      <ul className="record-list">
        {keys.map(({ id, createdAt, validUntil }) => (
          <RecordRow
            key={id}
            title={validUntil === null ? 'Key in use' : 'Key before it'}
            marks={
              validUntil === null ? (
                <StateMark tone="done" text="Signs" />
              ) : (
                <StateMark tone="waiting" text="Signs, too" />
              )
            }
            facts={[
              { label: 'Made', value: timeAgo(createdAt), title: absoluteTime(createdAt) },
              ...(validUntil === null ? [] : [{ label: 'Signs until', value: absoluteTime(validUntil) }]),
            ]}
            actions={
              <Button
                size="sm"
                aria-busy={read.isPending && reading === id}
                aria-label={validUntil === null ? 'Show key in use' : 'Show key before it'}
                onClick={() => show(id)}
              >
                Show key
              </Button>
            }
          />
        ))}
      </ul>
      {read.data && (
        <ShownKeyDialog
          title="Key of the webhooks"
          description="Whoever has it can sign messages in your name. Give it to receivers only."
          secret={read.data.secret}
          onClose={read.reset}
        />
      )}
    </>
  );
}
