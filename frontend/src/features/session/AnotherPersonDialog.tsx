import type { Me } from '../../api/types';
import { Button } from '../../components/Button';
import { Dialog } from '../../components/Dialog';
import type { LastSession } from './last-session';

/** Says that the page belonged to somebody else, so that their unsent work is not taken for one's own. */
export function AnotherPersonDialog({ me, before, onClose }: { me: Me; before: LastSession; onClose: () => void }) {
  return (
    <Dialog
      open
      onClose={onClose}
      title={`You are signed in as ${me.username}.`}
      description={`This page was open as ${before.username} on ${before.account}. What they had not saved stays in this browser, and is there again when they sign in.`}
      actions={
        <Button look="primary" onClick={onClose}>
          Go to workflows
        </Button>
      }
    />
  );
}
