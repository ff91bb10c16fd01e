import { useReactFlow } from '@xyflow/react';
import { useCallback, useRef, type KeyboardEvent } from 'react';
import { showToast } from '../components/toast-store';
import { redo, undo, useBuilder } from '../store/builder-store';
import { focusNode } from './focus-node';
import { neighbour, type Direction } from './walk-graph';

const ARROWS: Readonly<Record<string, { x: number; y: number; walk: Direction }>> = {
  ArrowLeft: { x: -1, y: 0, walk: 'upstream' },
  ArrowRight: { x: 1, y: 0, walk: 'downstream' },
  ArrowUp: { x: 0, y: -1, walk: 'previous' },
  ArrowDown: { x: 0, y: 1, walk: 'next' },
};
const NUDGE = 10;
const NUDGE_FAR = 50;
const FIT = { padding: 0.15, maxZoom: 1 };

const isTyping = (target: EventTarget) =>
  target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable="true"], [role="dialog"]');

/** Removes what is selected at once, with a way back. */
function removeSelection(): void {
  const removed = useBuilder.getState().removeSelection();
  if (removed === 0) return;
  showToast(removed === 1 ? 'Node deleted' : `${removed} nodes deleted`, { label: 'Undo', run: () => undo() });
}

/** The keys that mean something while the canvas has the focus. */
export function useCanvasShortcuts() {
  const { fitView, zoomTo, screenToFlowPosition } = useReactFlow();
  const copiedText = useRef<string>(undefined);

  return useCallback(
    (event: KeyboardEvent) => {
      if (isTyping(event.target) || event.defaultPrevented) return;
      const state = useBuilder.getState();
      const focused = event.target instanceof HTMLElement ? event.target.dataset.nodeId : undefined;
      const command = event.ctrlKey || event.metaKey;
      const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
      const arrow = ARROWS[key];
      const done = () => event.preventDefault();

      if (arrow && event.altKey && focused) {
        done();
        const next = neighbour(state, focused, arrow.walk);
        if (next) {
          state.select([next]);
          focusNode(next);
        }
        return;
      }
      if (event.shiftKey && event.code === 'Digit1') return (done(), void fitView(FIT));
      if (event.shiftKey && event.code === 'Digit2') {
        return (done(), void fitView({ ...FIT, nodes: state.selectedIds.map((id) => ({ id })) }));
      }
      if (event.shiftKey && event.code === 'Digit0') return (done(), void zoomTo(1));
      if (command && key === 'c') {
        copiedText.current = state.copySelection();
        // Without permission for the clipboard, copying still works inside this page.
        if (copiedText.current) void navigator.clipboard?.writeText(copiedText.current).catch(() => undefined);
        return;
      }
      if (key === 'Escape') {
        if (state.selectedIds.length > 0) state.select([]);
        else document.querySelector<HTMLElement>('#results')?.focus();
        return done();
      }
      if (command && key === 'a') return (done(), state.selectAll());
      if (key === 'Enter' && focused) {
        done();
        state.select([focused]);
        state.toggle('inspector', true);
        requestAnimationFrame(() => document.querySelector<HTMLElement>('#inspector')?.focus());
        return;
      }
      if (key === ' ' && focused) return (done(), state.select([focused]));
      if (state.readOnly) return;

      if (command && key === 'z') return (done(), event.shiftKey ? redo() : undo());
      if (command && key === 'y') return (done(), redo());
      if (command && key === 'x') {
        copiedText.current = state.copySelection();
        if (copiedText.current) void navigator.clipboard?.writeText(copiedText.current).catch(() => undefined);
        return (done(), removeSelection());
      }
      if (command && key === 'd') return (done(), state.duplicate());
      if (command && key === 'v') {
        done();
        const canvas = event.currentTarget.getBoundingClientRect();
        const at = screenToFlowPosition({ x: canvas.left + canvas.width / 2, y: canvas.top + canvas.height / 2 });
        const paste = (text: string | undefined) => text !== undefined && useBuilder.getState().paste(text, at);
        void (navigator.clipboard?.readText() ?? Promise.reject())
          .then((text) => paste(text) || paste(copiedText.current))
          .catch(() => paste(copiedText.current));
        return;
      }
      if (command || event.altKey) return;

      if (arrow && state.selectedIds.length > 0) {
        const step = event.shiftKey ? NUDGE_FAR : NUDGE;
        return (done(), state.nudge({ x: arrow.x * step, y: arrow.y * step }));
      }
      if (key === 'Delete' || key === 'Backspace') return (done(), removeSelection());
      if ((key === 'Tab' && !event.shiftKey) || key === '/') {
        const after = focused ?? (state.selectedIds.length === 1 ? state.selectedIds[0] : undefined);
        return (done(), state.openQuickAdd(after === undefined ? {} : { after }));
      }
      if (key === 'l' && event.shiftKey) return (done(), state.tidy());
      if (key === 'c' && focused) return (done(), state.setConnecting(focused));
      if (key === 'F2' && focused) return (done(), state.showField(focused, '$label'));
      if (key === 'd' && focused) {
        const node = state.nodes.find(({ id }) => id === focused);
        if (node) return (done(), state.setDisabled(focused, !node.data.disabled));
      }
    },
    [fitView, zoomTo, screenToFlowPosition],
  );
}
