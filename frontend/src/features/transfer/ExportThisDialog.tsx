import { useBuilder } from '../../store/builder-store';
import { ExportDialog } from './ExportDialog';

/** Exports the workflow that is open in the builder. */
export function ExportThisDialog({ workflowId, onClose }: { workflowId: string; onClose: () => void }) {
  const name = useBuilder((state) => state.name);
  return <ExportDialog workflows={[{ id: workflowId, name }]} onClose={onClose} />;
}
