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

/** Names that begin with what was typed, then names with it in them, then descriptions; no guessing at letters between. */
function relevance(value: string, search: string, [name = value, ...more]: string[] = []): number {
  const wanted = search.trim().toLowerCase();
  const at = name.toLowerCase().indexOf(wanted);
  if (at >= 0) return at === 0 ? 1 : 0.8;
  return more.join(' ').toLowerCase().includes(wanted) ? 0.4 : 0;
}

/** A searchable list over the page: arrows and Enter pick, Esc leaves. */
export function PickerDialog({ title, placeholder, empty, onClose, children }: PickerDialogProps) {
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="picker-scrim" />
        <Dialog.Content className="picker" aria-describedby={undefined}>
          <Dialog.Title className="visually-hidden">{title}</Dialog.Title>
          <Command label={title} loop filter={relevance}>
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
