import { focusNode } from '../../canvas/focus-node';
import { useBuilder } from '../../store/builder-store';

const BELOW = 100;

/** Adds a node after the selected one and joins them; without a selection below the last node. */
export function addAfterSelection(type: string, start?: { label?: string; config?: Record<string, unknown> }): void {
  const { selectedIds, addNode, nodes } = useBuilder.getState();
  const last = nodes.at(-1);
  const only = selectedIds.length === 1 ? selectedIds[0] : undefined;
  const below = last ? { at: { x: last.position.x, y: last.position.y + BELOW } } : {};
  focusNode(addNode(type, only === undefined ? below : { after: only }, start));
}
