import { useEffect, type ReactNode } from 'react';
import { messageOf } from '../../api/api-error';
import { Button } from '../../components/Button';
import { Dialog } from '../../components/Dialog';
import { Notice } from '../../components/Notice';

interface ConfirmDialogProps {
  open: boolean;
  /** Names the object. */
  title: string;
  /** What happens to it. */
  description: string;
  /** The safe button, which has the focus first. */
  keep: string;
  confirm: string;
  busy: boolean;
  error: unknown;
  onConfirm: () => void;
  onClose: () => void;
  children?: ReactNode;
}

/** Asks before something is taken away. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { open, title, description, keep, confirm, busy, error, onConfirm, onClose, children } = props;

  // What opened the dialog may be gone with the thing it was about: then the focus goes on in the page, not from its beginning.
  useEffect(() => {
    if (!open) return;
    return () => {
      requestAnimationFrame(() =>
        setTimeout(() => {
          if (document.activeElement === document.body) document.getElementById('main')?.focus();
        }),
      );
    };
  }, [open]);

  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={title}
      description={description}
      actions={
        <>
          <Button onClick={onClose}>{keep}</Button>
          <Button look="danger" aria-busy={busy} unavailable={busy ? 'Working on it' : undefined} onClick={onConfirm}>
            {confirm}
          </Button>
        </>
      }
    >
      {children}
      {error !== null && (
        <Notice tone="danger" title="That did not work.">
          {messageOf(error)}
        </Notice>
      )}
    </Dialog>
  );
}
