import { Plus } from 'lucide-react';
import { Button } from '../components/Button';
import { EmptyState } from '../components/EmptyState';
import { useBuilder } from '../store/builder-store';

export function EmptyCanvas() {
  const readOnly = useBuilder((state) => state.readOnly);
  return (
    <div className="canvas-empty">
      <EmptyState
        title="Start with data."
        text="Press Tab to add a node, or drag a table from the catalog."
        action={
          !readOnly && (
            <Button look="primary" onClick={() => useBuilder.getState().openQuickAdd({})}>
              <Plus size={16} aria-hidden /> Add node
            </Button>
          )
        }
      />
    </div>
  );
}
