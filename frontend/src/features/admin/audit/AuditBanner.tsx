import { messageOf } from '../../../api/api-error';
import type { AuditVerification } from '../../../api/audit';
import { Button } from '../../../components/Button';
import { Notice } from '../../../components/Notice';
import { useAuditVerification } from './use-audit';

const LOGS = { auth: 'people and settings', workflow: 'workflows and runs' } as const;
const FAULTS = {
  changed: 'says another thing than when it was written',
  unlinked: 'does not fit the one before it',
  missing: 'is missing',
  'cut-off': 'and all after it were cut off',
} as const;

/** Whether the log is whole. `shownIntact`: nothing that is shown is at fault, as far as was read. */
export function AuditBanner({ shownIntact }: { shownIntact: boolean }) {
  const { data, error, isFetching, refetch } = useAuditVerification();
  const again = (
    <Button size="sm" onClick={() => void refetch()} aria-busy={isFetching}>
      Check again
    </Button>
  );
  if (error && !data) {
    return (
      <Notice tone="warning" title="The log could not be checked." action={again}>
        {messageOf(error)}
      </Notice>
    );
  }
  if (!data)
    return <Notice title="Checking the log.">Every entry is hashed anew and compared with its neighbours.</Notice>;
  if (data.intact && shownIntact) {
    return (
      <Notice title="The log is whole." action={again}>
        {countOf(data)} were checked from the first on: none was changed, none is missing.
      </Notice>
    );
  }
  return (
    <Notice tone="danger" title="The log is not as it was written." action={again}>
      {data.intact ? 'Entries below do not hold. Check again.' : faultsOf(data)} Keep an export, and ask who can reach
      the database.
    </Notice>
  );
}

function countOf({ chains }: AuditVerification): string {
  const count = chains.reduce((sum, { entries }) => sum + entries, 0);
  return count === 1 ? '1 entry' : `${count.toLocaleString('en-GB')} entries`;
}

const faultsOf = ({ chains }: AuditVerification) =>
  chains
    .flatMap(({ log, broken }) => (broken ? [`In ${LOGS[log]}, entry ${broken.seq} ${FAULTS[broken.fault]}.`] : []))
    .join(' ');
