import { Button } from '../../components/Button';
import { Dialog } from '../../components/Dialog';

interface SignOutDialogProps {
  going: number;
  onFinish: (runs: 'finish' | 'cancel') => void;
  onStay: () => void;
}

/** Asks what shall become of runs that go on. */
export function SignOutDialog({ going, onFinish, onStay }: SignOutDialogProps) {
  const runs = going === 1 ? 'One of your runs goes on.' : `${going} of your runs go on.`;
  return (
    <Dialog
      open
      onClose={onStay}
      title="Sign out while runs are going?"
      description={`${runs} Your access ends at once either way. Runs that finish keep their Snowflake session until then; cancelling stops those of this session.`}
      actions={
        <>
          <Button look="ghost" onClick={onStay}>
            Stay signed in
          </Button>
          <Button onClick={() => onFinish('cancel')}>Cancel my runs</Button>
          <Button look="primary" onClick={() => onFinish('finish')}>
            Let runs finish
          </Button>
        </>
      }
    />
  );
}
