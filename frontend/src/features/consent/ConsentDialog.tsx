import { useMutation } from '@tanstack/react-query';
import { messageOf } from '../../api/api-error';
import { consentTo, type RunSummary } from '../../api/consent';
import { Button } from '../../components/Button';
import { Dialog } from '../../components/Dialog';
import { useConsents } from './consent-store';

/** Asks once before a person runs what somebody else wrote. */
export function ConsentDialog() {
  const { summaries, again, close } = useConsents();
  const agree = useMutation({
    mutationFn: async () => {
      for (const summary of summaries) await consentTo(summary);
    },
    onSuccess: () => {
      close();
      again();
    },
  });
  return (
    <Dialog
      open={summaries.length > 0}
      wide
      title="Somebody else wrote this"
      description="It runs with your role and your rights. This is what it does, with everything that it calls."
      onClose={close}
      actions={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button look="primary" aria-busy={agree.isPending} onClick={() => agree.mutate()}>
            Agree and run
          </Button>
        </>
      }
    >
      {summaries.map((summary) => (
        <Summary key={summary.workflowId} summary={summary} />
      ))}
      {agree.error && <p role="alert">{messageOf(agree.error)}</p>}
    </Dialog>
  );
}

const SENT: Record<RunSummary['sends'][number]['by'], string> = {
  webhook: 'by webhook to',
  email: 'by email to',
  call: 'by a call of',
};

function Summary({ summary }: { summary: RunSummary }) {
  const { name, revision, reads, writes, sends, models, calls } = summary;
  return (
    <section aria-label={`What ${name} does`}>
      <h3>
        {name}, revision {revision}
      </h3>
      <Does what="Writes" items={writes.map(({ table, mode }) => `${table} (${mode})`)} />
      <Does what="Sends" items={sends.map(({ by, to }) => `${SENT[by]} ${to}`)} />
      <Does what="Reads" items={reads} />
      <Does what="Asks" items={models} />
      <Does what="Calls" items={calls.map((call) => `${call.name}, revision ${call.revision}`)} />
    </section>
  );
}

function Does({ what, items }: { what: string; items: string[] }) {
  return (
    <>
      <h4>{what}</h4>
      {items.length === 0 ? (
        <p>nothing</p>
      ) : (
        <ul>
          {items.map((item) => (
            <li key={item}>{item}</li>
          ))}
        </ul>
      )}
    </>
  );
}
