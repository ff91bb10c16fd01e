import { messageOf } from '../../api/api-error';
import { Button } from '../../components/Button';
import { Dialog } from '../../components/Dialog';
import { Notice } from '../../components/Notice';
import type { Saving } from '../saving/use-saving';
import { useVersionActions } from './use-versions';

interface GoBackDialogProps {
  workflowId: string;
  /** The version to go back to. */
  revision: number;
  latest: number;
  saving: Pick<Saving, 'flush' | 'discard'>;
  onReload: () => void;
  onClose: () => void;
}

/** Going back saves the old version as the draft; what is drawn is saved before, so it is never lost. */
export function GoBackDialog({ workflowId, revision, latest, saving, onReload, onClose }: GoBackDialogProps) {
  const { goBack } = useVersionActions(workflowId, saving);
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Go back to v${revision}?`}
      description={`It becomes the draft again. What is drawn now stays as v${latest}, named, so you can come back to it.`}
      actions={
        <>
          <Button onClick={onClose}>Keep draft</Button>
          <Button
            look="primary"
            aria-busy={goBack.isPending}
            onClick={() =>
              goBack.mutate(revision, {
                onSuccess: () => {
                  saving.discard();
                  onClose();
                  onReload();
                },
              })
            }
          >
            Go back
          </Button>
        </>
      }
    >
      {goBack.error && (
        <Notice tone="danger" title="The draft is as it was.">
          {messageOf(goBack.error)}
        </Notice>
      )}
    </Dialog>
  );
}
