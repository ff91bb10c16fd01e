import { Command } from 'cmdk';
import { Dialog } from 'radix-ui';
import type { ReactNode } from 'react';
import './PickerDialog.css';

interface PickerDialogProps {
  title: string;
  placeholder: string;
  empty: string;
  onClose: () => void;
  children: ReactNode;
}

/** A searchable list over the page: arrows and Enter pick, Esc leaves. */
export function PickerDialog({ title, placeholder, empty, onClose, children }: PickerDialogProps) {
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="picker-scrim" />
        <Dialog.Content className="picker" aria-describedby={undefined}>
          <Dialog.Title className="visually-hidden">{title}</Dialog.Title>
          <Command label={title} loop>
            <Command.Input placeholder={placeholder} />
            <Command.List>
              <Command.Empty>{empty}</Command.Empty>
              {children}
            </Command.List>
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
