import { Plus, Sparkles } from 'lucide-react';
import { Button } from '../components/Button';
import { EmptyState } from '../components/EmptyState';
import { useBuilder } from '../store/builder-store';

export function EmptyCanvas() {
  const readOnly = useBuilder((state) => state.readOnly);
  return (
    <div className="canvas-empty">
      <EmptyState
        title="Start with data."
        text="Press Tab to add a node, drag a table from the catalog, or describe it."
        action={
          !readOnly && (
            <div className="canvas-empty-actions">
              <Button look="primary" onClick={() => useBuilder.getState().openQuickAdd({})}>
                <Plus size={16} aria-hidden /> Add node
              </Button>
              <Button onClick={() => useBuilder.getState().setDescribing(true)}>
                <Sparkles size={16} aria-hidden /> Describe it
              </Button>
            </div>
          )
        }
      />
    </div>
  );
}
