import { useReactFlow } from '@xyflow/react';
import { useCallback, useRef, type KeyboardEvent, type PointerEvent } from 'react';
import { showToast } from '../components/toast-store';
import { redo, undo, useBuilder } from '../store/builder-store';
import { FIT } from './fit';
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

const isTyping = (target: EventTarget) =>
  target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable="true"], [role="dialog"]');

/** Removes what is selected at once, with a way back. */
function removeSelection(): void {
  const removed = useBuilder.getState().removeSelection();
  if (removed === 0) return;
  showToast(removed === 1 ? 'Node deleted' : `${removed} nodes deleted`, { label: 'Undo', run: () => undo() });
}

const done = (event: KeyboardEvent) => event.preventDefault();

/** Puts what is selected on the clipboard. Without permission for it, copying still works inside this page. */
function copySelection(): string | undefined {
  const text = useBuilder.getState().copySelection();
  if (text !== undefined) void navigator.clipboard?.writeText(text).catch(() => undefined);
  return text;
}

/** The keys that mean something while the canvas has the focus. */
export function useCanvasShortcuts() {
  const { fitView, zoomTo, screenToFlowPosition } = useReactFlow();
  const copiedText = useRef<string>(undefined);
  const pointer = useRef<{ x: number; y: number }>(undefined);

  const onPointerMove = useCallback(({ clientX, clientY }: PointerEvent) => {
    pointer.current = { x: clientX, y: clientY };
  }, []);

  const pasteInto = useCallback(
    async (canvas: DOMRect) => {
      const middle = { x: canvas.left + canvas.width / 2, y: canvas.top + canvas.height / 2 };
      const at = screenToFlowPosition(pointer.current ?? middle);
      // Reading the clipboard may be refused; then what was copied on this page is pasted.
      const text = await navigator.clipboard?.readText().catch(() => undefined);
      const { paste } = useBuilder.getState();
      if (text !== undefined && paste(text, at)) return;
      if (copiedText.current !== undefined) paste(copiedText.current, at);
    },
    [screenToFlowPosition],
  );

  const onKeyDown = useCallback(
    (event: KeyboardEvent) => {
      if (isTyping(event.target) || event.defaultPrevented) return;
      const state = useBuilder.getState();
      const focused = event.target instanceof HTMLElement ? event.target.dataset.nodeId : undefined;
      const command = event.ctrlKey || event.metaKey;
      const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
      const arrow = ARROWS[key];

      const walk = () => {
        const next = arrow && focused ? neighbour(state, focused, arrow.walk) : undefined;
        if (next === undefined) return;
        state.select([next]);
        focusNode(next);
      };
      const leave = () => {
        if (state.selectedIds.length > 0) state.select([]);
        else document.querySelector<HTMLElement>('#results')?.focus();
      };
      const inspect = (id: string) => {
        state.select([id]);
        state.toggle('inspector', true);
        requestAnimationFrame(() => document.querySelector<HTMLElement>('#inspector')?.focus());
      };
      const quickAdd = () => {
        const after = focused ?? (state.selectedIds.length === 1 ? state.selectedIds[0] : undefined);
        state.openQuickAdd(after === undefined ? {} : { after });
      };
      const nudge = () => {
        const step = event.shiftKey ? NUDGE_FAR : NUDGE;
        if (arrow) state.nudge({ x: arrow.x * step, y: arrow.y * step });
      };
      const disable = (id: string) => {
        const node = state.nodes.find((candidate) => candidate.id === id);
        if (node) state.setDisabled(id, !node.data.disabled);
      };

      const view: [boolean, () => unknown][] = [
        [arrow !== undefined && event.altKey && focused !== undefined, walk],
        [event.shiftKey && event.code === 'Digit1', () => fitView(FIT)],
        [
          event.shiftKey && event.code === 'Digit2',
          () => fitView({ ...FIT, nodes: state.selectedIds.map((id) => ({ id })) }),
        ],
        [event.shiftKey && event.code === 'Digit0', () => zoomTo(1)],
        [command && key === 'c', () => (copiedText.current = copySelection())],
        [command && key === 'a', state.selectAll],
        [key === 'Escape', leave],
        [key === 'Enter' && !command && !event.altKey && focused !== undefined, () => inspect(focused ?? '')],
        [key === ' ' && focused !== undefined, () => state.select([focused ?? ''])],
      ];
      const plain = !command && !event.altKey;
      const edits: [boolean, () => unknown][] = [
        [command && key === 'z', () => (event.shiftKey ? redo() : undo())],
        [command && key === 'y', () => redo()],
        [command && key === 'd', state.duplicate],
        [command && key === 'v', () => pasteInto(event.currentTarget.getBoundingClientRect())],
        [
          command && key === 'x',
          () => {
            copiedText.current = copySelection();
            removeSelection();
          },
        ],
        [plain && arrow !== undefined && state.selectedIds.length > 0, nudge],
        [plain && (key === 'Delete' || key === 'Backspace'), removeSelection],
        [plain && ((key === 'Tab' && !event.shiftKey) || key === '/'), quickAdd],
        [plain && key === 'l' && event.shiftKey, state.tidy],
        [plain && key === 'c' && focused !== undefined, () => state.setConnecting(focused)],
        [plain && key === 'd' && focused !== undefined, () => disable(focused ?? '')],
        [plain && key === 'F2' && focused !== undefined, () => state.showField(focused ?? '', '$label')],
      ];
      const action = [...view, ...(state.readOnly ? [] : edits)].find(([applies]) => applies)?.[1];
      if (!action) return;
      done(event);
      void action();
    },
    [fitView, zoomTo, pasteInto],
  );

  return { onKeyDown, onPointerMove };
}
