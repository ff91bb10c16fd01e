import { Button } from '../../../components/Button';
import { Dialog } from '../../../components/Dialog';
import { CopyBlock } from '../CopyBlock';

interface ShownKeyDialogProps {
  title: string;
  description: string;
  secret: string;
  onClose: () => void;
}

/** A key to be copied; nothing of it is left on the page when this closes. */
export function ShownKeyDialog({ title, description, secret, onClose }: ShownKeyDialogProps) {
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      description={description}
      actions={
        <Button look="primary" onClick={onClose}>
          I have copied it
        </Button>
      }
    >
      <CopyBlock label="Webhook key" text={secret} />
    </Dialog>
  );
}
