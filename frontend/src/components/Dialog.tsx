import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import './Dialog.css';

interface DialogProps {
  open: boolean;
  title: string;
  description: string;
  /** Without it the dialog stays until its own action closes it. */
  onClose?: () => void;
  /** For what needs room: 640 instead of 480. */
  wide?: boolean;
  actions?: ReactNode;
  children?: ReactNode;
}

export function Dialog({ open, title, description, onClose, wide = false, actions, children }: DialogProps) {
  return (
    <Radix.Root open={open} onOpenChange={(next) => !next && onClose?.()}>
      <Radix.Portal>
        <Radix.Overlay className="dialog-scrim">
          <Radix.Content className={wide ? 'dialog dialog-wide' : 'dialog'}>
            <Radix.Title>{title}</Radix.Title>
            <Radix.Description>{description}</Radix.Description>
            {children}
            {actions && <div className="dialog-actions">{actions}</div>}
          </Radix.Content>
        </Radix.Overlay>
      </Radix.Portal>
    </Radix.Root>
  );
}
