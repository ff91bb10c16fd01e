import { messageOf } from '../../api/api-error';
import type { DeployRights, Me } from '../../api/types';
import { Button } from '../../components/Button';
import { Dialog } from '../../components/Dialog';
import { Notice } from '../../components/Notice';
import { RightsList } from './RightsList';

interface DeployConfirmProps {
  /** As `view BIG_ORDERS`. */
  what: string;
  rights: DeployRights;
  me: Me;
  busy: boolean;
  error: unknown;
  onConfirm: () => void;
  onBack: () => void;
}

/** Asks once more, naming whose rights readers get. */
export function DeployConfirm({ what, rights, me, busy, error, onConfirm, onBack }: DeployConfirmProps) {
  return (
    <Dialog
      open
      wide
      onClose={onBack}
      title={`Create the ${what}?`}
      description={`It is made in Snowflake as ${me.username}, by ${rights.role === null ? 'your default role' : `the role ${rights.role}`}.`}
      actions={
        <>
          <Button onClick={onBack}>Back</Button>
          <Button look="primary" aria-busy={busy} unavailable={busy ? 'Working on it' : undefined} onClick={onConfirm}>
            Create in Snowflake
          </Button>
        </>
      }
    >
      <RightsList rights={rights} />
      {error !== null && (
        <Notice tone="danger" title="It was not made.">
          {messageOf(error)}
        </Notice>
      )}
    </Dialog>
  );
}
