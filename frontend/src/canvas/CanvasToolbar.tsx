import { useReactFlow, useStore } from '@xyflow/react';
import { Maximize, Minus, Network, Plus, Redo2, Undo2 } from 'lucide-react';
import { useStore as useZustand } from 'zustand';
import { Button } from '../components/Button';
import { redo, undo, useBuilder } from '../store/builder-store';
import { selectSingleId } from '../store/selectors/node-selectors';
import { FIT } from './fit';
import './CanvasToolbar.css';

export function CanvasToolbar() {
  const { zoomIn, zoomOut, fitView } = useReactFlow();
  const percent = useStore(({ transform }) => Math.round(transform[2] * 100));
  const canUndo = useZustand(useBuilder.temporal, ({ pastStates }) => pastStates.length > 0);
  const canRedo = useZustand(useBuilder.temporal, ({ futureStates }) => futureStates.length > 0);
  const readOnly = useBuilder((state) => state.readOnly);
  const selected = useBuilder(selectSingleId);
  return (
    <div className="canvas-bottom">
      <div className="canvas-toolbar" role="toolbar" aria-label="View and history">
        <Button look="ghost" size="sm" iconOnly="Zoom out" onClick={() => void zoomOut()}>
          <Minus size={16} aria-hidden />
        </Button>
        <span className="canvas-zoom">{percent}%</span>
        <Button look="ghost" size="sm" iconOnly="Zoom in" onClick={() => void zoomIn()}>
          <Plus size={16} aria-hidden />
        </Button>
        <Button look="ghost" size="sm" iconOnly="Fit all (Shift 1)" onClick={() => void fitView(FIT)}>
          <Maximize size={16} aria-hidden />
        </Button>
        {!readOnly && (
          <>
            <Button
              look="ghost"
              size="sm"
              iconOnly="Tidy layout (Shift L)"
              onClick={() => void useBuilder.getState().tidy()}
            >
              <Network size={16} aria-hidden />
            </Button>
            <span className="canvas-toolbar-line" />
            <Button
              look="ghost"
              size="sm"
              iconOnly="Undo (Ctrl Z)"
              unavailable={canUndo ? undefined : 'Nothing to undo'}
              onClick={() => undo()}
            >
              <Undo2 size={16} aria-hidden />
            </Button>
            <Button
              look="ghost"
              size="sm"
              iconOnly="Redo (Ctrl Shift Z)"
              unavailable={canRedo ? undefined : 'Nothing to redo'}
              onClick={() => redo()}
            >
              <Redo2 size={16} aria-hidden />
            </Button>
          </>
        )}
      </div>
      {!readOnly && (
        <Button
          className="canvas-add"
          onClick={() => useBuilder.getState().openQuickAdd(selected ? { after: selected } : {})}
        >
          <Plus size={16} aria-hidden /> Add node <kbd>Tab</kbd>
        </Button>
      )}
    </div>
  );
}
