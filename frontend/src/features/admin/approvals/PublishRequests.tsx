import { Check, X } from 'lucide-react';
import { useId, useState } from 'react';
import type { PublishDecision, PublishRequest } from '../../../api/publish-requests';
import { Button } from '../../../components/Button';
import '../../../components/Field.css';
import { absoluteTime, timeAgo } from '../../format/moments';
import { FormFailure } from '../../settings/FormFailure';
import { Loaded } from '../../settings/Loaded';
import { RecordRow } from '../../settings/RecordRow';
import { useDecidePublish, usePublishRequests } from './use-publish-requests';

/** Revisions that somebody wants to publish where another owner or admin agrees first. Nothing is shown where nobody asked. */
export function PublishRequests() {
  const requests = usePublishRequests();
  return (
    <Loaded query={requests} what="The requests to publish">
      {(items) => {
        const waiting = items.filter(({ decision }) => decision === null);
        if (waiting.length === 0) return null;
        return (
          <ul className="record-list" aria-label="Waiting to be published">
            {waiting.map((one) => (
              <Request key={one.id} request={one} />
            ))}
          </ul>
        );
      }}
    </Loaded>
  );
}

function Request({ request }: { request: PublishRequest }) {
  const { id, workflowName, revision, askedBy, askedAt } = request;
  const decide = useDecidePublish(id);
  const [reason, setReason] = useState('');
  const [lacksReason, setLacksReason] = useState(false);
  const fieldId = useId();
  const send = (decision: PublishDecision['decision']) => {
    const given = reason.trim();
    setLacksReason(decision === 'reject' && given === '');
    if (decide.isPending || (decision === 'reject' && given === '')) return;
    decide.mutate({ decision, ...(given === '' ? {} : { reason: given }) });
  };
  return (
    <RecordRow
      title={`Publish ${workflowName}, version ${revision}`}
      facts={[
        { label: 'Asked by', value: askedBy },
        { label: 'Waiting since', value: timeAgo(askedAt), title: absoluteTime(askedAt) },
      ]}
    >
      <FormFailure title="The decision was not taken." error={decide.error} />
      <div className="field">
        <label htmlFor={fieldId}>
          Reason <span className="field-note">(needed to turn down, shown to {askedBy})</span>
        </label>
        <textarea
          id={fieldId}
          className="control"
          rows={2}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          aria-invalid={lacksReason ? true : undefined}
          aria-describedby={lacksReason ? `${fieldId}-error` : undefined}
        />
        {lacksReason && (
          <p id={`${fieldId}-error`} className="field-error">
            Say why it is turned down.
          </p>
        )}
      </div>
      <div className="decision-actions">
        <Button look="primary" aria-busy={decide.isPending} onClick={() => send('approve')}>
          <Check size={14} aria-hidden /> Agree
        </Button>
        <Button aria-busy={decide.isPending} onClick={() => send('reject')}>
          <X size={14} aria-hidden /> Turn down
        </Button>
      </div>
    </RecordRow>
  );
}
