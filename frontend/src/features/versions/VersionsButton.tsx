import { History } from 'lucide-react';
import { useRef, useState } from 'react';
import { Button } from '../../components/Button';
import type { Workflow } from '../../api/types';
import type { Saving } from '../saving/use-saving';
import { VersionsPanel } from './VersionsPanel';

interface VersionsButtonProps {
  workflow: Pick<Workflow, 'id' | 'access'>;
  saving: Saving;
  onReload: () => void;
}

/** Opens what was saved of the workflow; what is drawn is saved first, so that it is the latest of them. */
export function VersionsButton(props: VersionsButtonProps) {
  const [open, setOpen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  return (
    <>
      <Button
        ref={opener}
        look="ghost"
        iconOnly="Versions"
        aria-expanded={open}
        onClick={() => {
          if (open) setOpen(false);
          else void props.saving.flush().then(() => setOpen(true));
        }}
      >
        <History size={16} aria-hidden />
      </Button>
      {open && (
        <VersionsPanel
          {...props}
          onClose={() => {
            setOpen(false);
            opener.current?.focus();
          }}
        />
      )}
    </>
  );
}
