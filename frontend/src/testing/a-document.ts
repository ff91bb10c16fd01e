import {
  workflowDocument,
  type WorkflowDocument,
  type WorkflowNode,
} from '@snowflow/contracts/documents/workflow-document';

/** A node that limits rows. */
export const aNode = (id: string, more: Partial<WorkflowNode> = {}): WorkflowNode => ({
  id,
  type: 'shape.limit',
  label: id,
  position: { x: 0, y: 0 },
  config: {},
  ...more,
});

/** A document of these nodes. */
export const aDocument = (nodes: WorkflowNode[], more: object = {}): WorkflowDocument =>
  workflowDocument.parse({ schemaVersion: 1, name: 'Orders', nodes, ...more });
