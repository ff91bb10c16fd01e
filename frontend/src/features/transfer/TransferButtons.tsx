import { Download, Upload } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useNavigate } from 'react-router';
import { Button } from '../../components/Button';

// They are asked for seldom, so the list stands sooner without them.
const ImportDialog = lazy(async () => ({ default: (await import('./ImportDialog')).ImportDialog }));
const ExportDialog = lazy(async () => ({ default: (await import('./ExportDialog')).ExportDialog }));

/** Import and export beside the list of workflows. */
export function TransferButtons({ workflows }: { workflows: readonly { id: string; name: string }[] }) {
  const navigate = useNavigate();
  const [opened, setOpened] = useState<'import' | 'export'>();
  const close = () => setOpened(undefined);
  return (
    <>
      <Button onClick={() => setOpened('import')} iconOnly="Import workflows…">
        <Upload size={16} aria-hidden />
      </Button>
      {workflows.length > 0 && (
        <Button onClick={() => setOpened('export')} iconOnly="Export workflows…">
          <Download size={16} aria-hidden />
        </Button>
      )}
      <Suspense>
        {opened === 'import' && <ImportDialog onClose={close} onOpen={(id) => void navigate(`/workflows/${id}`)} />}
        {opened === 'export' && <ExportDialog workflows={workflows} onClose={close} />}
      </Suspense>
    </>
  );
}
