import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';

type Node = { id: string; type: string; config: Record<string, unknown> };

/** A document of nodes and `from -> to` edges, ports named where they are not the only ones: `check.true -> yes.in`. */
export function documentOf(
  nodes: Node[],
  edges: string[],
  more: Partial<WorkflowDocument> = {},
): Record<string, unknown> {
  return {
    schemaVersion: 1,
    name: 'A workflow',
    nodes: nodes.map((node) => ({ ...node, label: node.id, position: { x: 0, y: 0 } })),
    edges: edges.map((edge, index) => {
      const [from = '', to = ''] = edge.split(' -> ');
      const [source, sourcePort = 'out'] = from.split('.');
      const [target, targetPort = 'in'] = to.split('.');
      return { id: `e${index}`, source, sourcePort, target, targetPort };
    }),
    ...more,
  };
}

/** A table of the pretended catalog: one column, N. */
export const table = (id: string, name = id.toUpperCase()): Node => ({
  id,
  type: 'source.table',
  config: { database: 'DEMO', schema: 'PUBLIC', table: name },
});

export const result = (id: string): Node => ({ id, type: 'output.result', config: { name: id, view: 'table' } });

export const condition = (id: string, expression: string): Node => ({
  id,
  type: 'logic.condition',
  config: { expression },
});

export const write = (id: string, name: string): Node => ({
  id,
  type: 'output.table',
  config: { database: 'DEMO', schema: 'PUBLIC', table: name, mode: 'append' },
});

/** A source, a filter and an output: one statement. */
export const threeNodes = (name = 'ORDERS') =>
  documentOf(
    [
      table('orders', name),
      { id: 'big', type: 'shape.filter', config: { conditions: [{ column: 'N', operator: 'gt', value: 5 }] } },
      result('result'),
    ],
    ['orders -> big', 'big -> result'],
  );

/** Asks for a decision; by default of the role FINANCE. */
export const approval = (id: string, config: Record<string, unknown> = {}): Node => ({
  id,
  type: 'logic.approval',
  config: { approvers: ['role:FINANCE'], message: 'Go on?', ...config },
});

export const wait = (id: string, durationSeconds: number): Node => ({
  id,
  type: 'logic.wait',
  config: { durationSeconds },
});

/** A filter that keeps everything, with settings of its own. */
export const filter = (id: string, settings: Record<string, unknown> = {}): Node => ({
  id,
  type: 'shape.filter',
  config: { conditions: [{ column: 'N', operator: 'gt', value: 0 }], ...settings },
});

/** A node that runs a saved workflow. */
export const call = (id: string, workflowId: string, parameters = {}, more = {}): Node => ({
  id,
  type: 'logic.workflow',
  config: { workflowId, parameters, ...more },
});

/** A node that runs a saved workflow for each of at most ten items. */
export const map = (id: string, workflowId: string, parameters = {}, more = {}): Node => ({
  id,
  type: 'logic.map',
  config: { workflowId, parameters, maxItems: 10, ...more },
});
