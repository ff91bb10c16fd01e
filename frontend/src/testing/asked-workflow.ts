import type { WorkflowDocument, WorkflowNode } from '@snowflow/contracts/documents/workflow-document';

const node = (id: string, type: string, config: Record<string, unknown> = {}): WorkflowNode => ({
  id,
  type,
  label: id,
  position: { x: 0, y: 0 },
  config,
});

/** A workflow that takes a question: a model answers it, and orders are listed. */
export const askedWorkflow = (parameters: WorkflowDocument['parameters'] = []): WorkflowDocument => ({
  schemaVersion: 1,
  name: 'Asked',
  description: '',
  parameters: [{ name: 'question', type: 'string' }, ...parameters],
  nodes: [
    node('orders', 'source.table', { database: 'SALES', schema: 'CORE', table: 'ORDERS' }),
    node('listed', 'output.result', { name: 'Orders', view: 'table' }),
    node('ask', 'ai.complete'),
    node('decide', 'logic.approval'),
    node('reply', 'output.response'),
  ],
  edges: [],
  notes: [],
  groups: [],
});
