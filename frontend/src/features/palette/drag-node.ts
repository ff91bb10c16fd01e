import type { DragEvent } from 'react';
import { useBuilder } from '../../store/builder-store';

const NODE_TYPE = 'application/x-snowflow-node';

/** What is dragged from the palette or the catalog onto the canvas. */
export interface DraggedNode {
  type: string;
  label?: string;
  config?: Record<string, unknown>;
}

export function startDrag(event: DragEvent, node: DraggedNode): void {
  event.dataTransfer.setData(NODE_TYPE, JSON.stringify(node));
  event.dataTransfer.effectAllowed = 'copy';
}

/** Lets the canvas take what `startDrag` started, and nothing else. */
export function acceptsDrop(event: DragEvent): void {
  if (!event.dataTransfer.types.includes(NODE_TYPE)) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = 'copy';
}

export function addDropped(data: DataTransfer, at: { x: number; y: number }): void {
  const text = data.getData(NODE_TYPE);
  if (!text) return;
  // Only this page writes this type, from DraggedNode.
  const { type, label, config } = JSON.parse(text) as DraggedNode;
  useBuilder.getState().addNode(type, { at }, { ...(label ? { label } : {}), ...(config ? { config } : {}) });
}
