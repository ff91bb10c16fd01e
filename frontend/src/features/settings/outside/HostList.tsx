import { useState } from 'react';
import type { OutsideHost } from '../../../api/outside';
import { Button } from '../../../components/Button';
import { ConfirmDialog } from '../ConfirmDialog';
import { RecordRow } from '../RecordRow';
import { StateMark } from '../StateMark';
import { HostDialog } from './HostDialog';
import { useSaveOutsideHosts } from './use-outside';

/** The hosts that workflows may call. */
export function HostList({ hosts }: { hosts: readonly OutsideHost[] }) {
  const [changing, setChanging] = useState<number>();
  const [removing, setRemoving] = useState<number>();
  const save = useSaveOutsideHosts();
  const close = () => {
    save.reset();
    setRemoving(undefined);
  };
  const removed = removing === undefined ? undefined : hosts[removing];
  return (
    <>
      <ul className="record-list">
        {hosts.map((entry, index) => (
          <RecordRow
            // Two entries may name one host; their order is what tells them apart.
            key={index}
            title={<span className="mono">{entry.host}</span>}
            marks={<DataMark host={entry} />}
            facts={[
              { label: 'Paths', value: entry.paths?.join(', ') ?? 'all' },
              { label: 'Methods', value: entry.methods?.join(', ') ?? 'all' },
            ]}
            actions={
              <>
                <Button size="sm" aria-label={`Change ${entry.host}`} onClick={() => setChanging(index)}>
                  Change
                </Button>
                <Button size="sm" aria-label={`Remove ${entry.host}`} onClick={() => setRemoving(index)}>
                  Remove
                </Button>
              </>
            }
          />
        ))}
      </ul>
      {changing !== undefined && <HostDialog hosts={hosts} at={changing} onClose={() => setChanging(undefined)} />}
      <ConfirmDialog
        open={removed !== undefined}
        title={`Remove ${removed?.host ?? ''}?`}
        description="Workflows call it no more, and runs that are under way fail where they would."
        keep="Keep host"
        confirm="Remove host"
        busy={save.isPending}
        error={save.error}
        onConfirm={() =>
          save.mutate(
            hosts.filter((_, index) => index !== removing),
            { onSuccess: close },
          )
        }
        onClose={close}
      />
    </>
  );
}

function DataMark({ host: { dataAllowed, fields = [] } }: { host: OutsideHost }) {
  if (dataAllowed) return <StateMark tone="waiting" text="Data may leave" />;
  if (fields.length > 0) return <StateMark tone="waiting" text={`May have ${fields.join(', ')}`} />;
  return <StateMark tone="done" text="No data leaves" />;
}
