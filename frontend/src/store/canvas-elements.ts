import type { Edge, Node } from '@xyflow/react';
import type { WorkflowDocument, WorkflowEdge, WorkflowNode } from '@snowflow/contracts/documents/workflow-document';

/** What a node on the canvas carries: the document's node without id and position. */
export interface StepData extends Record<string, unknown> {
  type: string;
  label: string;
  config: Record<string, unknown>;
  disabled: boolean;
}

export type CanvasNode = Node<StepData, 'step'>;
export type CanvasEdge = Edge<Record<string, unknown>, 'link'>;

/** The part of a document that the canvas does not draw. */
export type DocumentRest = Pick<WorkflowDocument, 'description' | 'parameters' | 'notes' | 'groups'>;

export const NODE_WIDTH = 196;
export const NODE_HEIGHT = 52;
/** Added below a node once a run started. */
export const FOOTER_HEIGHT = 26;

export function canvasNode({ id, type, label, position, config, disabled }: WorkflowNode): CanvasNode {
  return { id, type: 'step', position, data: { type, label, config, disabled: disabled ?? false } };
}

export function canvasEdge({ id, source, sourcePort, target, targetPort }: WorkflowEdge): CanvasEdge {
  return { id, type: 'link', source, sourceHandle: sourcePort, target, targetHandle: targetPort };
}

export function documentNode({ id, position, data }: CanvasNode): WorkflowNode {
  const { type, label, config, disabled } = data;
  return { id, type, label, position: { x: position.x, y: position.y }, config, ...(disabled ? { disabled } : {}) };
}

export function documentEdge({ id, source, sourceHandle, target, targetHandle }: CanvasEdge): WorkflowEdge {
  return { id, source, sourcePort: sourceHandle ?? 'out', target, targetPort: targetHandle ?? 'in' };
}
