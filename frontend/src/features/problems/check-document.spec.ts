import type { WorkflowDocument, WorkflowNode } from '@snowflow/contracts/documents/workflow-document';
import { checkDocument } from './check-document';
import { namedSources } from './known-sources';

const node = (id: string, type: string, config: WorkflowNode['config']): WorkflowNode => ({
  id,
  type,
  label: id,
  position: { x: 0, y: 0 },
  config,
});
const edge = (source: string, target: string, targetPort = 'in') => ({
  id: `${source}-${target}`,
  source,
  sourcePort: 'out',
  target,
  targetPort,
});

const document: WorkflowDocument = {
  schemaVersion: 1,
  name: 'Revenue',
  description: '',
  parameters: [],
  nodes: [
    node('orders', 'source.table', { database: 'DB', schema: 'S', table: 'ORDERS' }),
    node('by', 'shape.aggregate', {
      groupBy: ['STATUS'],
      measures: [{ function: 'sum', column: 'PRICE', as: 'REVENUE' }],
    }),
    node('top', 'shape.sort', { by: [{ column: 'REVENEU', direction: 'desc' }] }),
    node('out', 'output.result', { name: 'r', view: 'table' }),
  ],
  edges: [edge('orders', 'by'), edge('by', 'top'), edge('top', 'out')],
  notes: [],
  groups: [],
};
const known = new Map([
  [
    'orders',
    {
      state: 'found' as const,
      columns: [
        { name: 'STATUS', type: 'VARCHAR(1)', nullable: false },
        { name: 'PRICE', type: 'NUMBER(12,2)', nullable: false },
      ],
    },
  ],
]);

/** The document with another aggregate, sorted by what it groups by. */
const grouped = (config: { groupBy: string[] }): WorkflowDocument => ({
  ...document,
  nodes: document.nodes.map((one) => {
    if (one.id === 'by') return { ...one, config };
    return one.id === 'top' ? { ...one, config: { by: [{ column: config.groupBy[0], direction: 'asc' }] } } : one;
  }),
});

describe('checking a draft in the browser', () => {
  it('asks the catalog about the tables that are named', () => {
    expect([...namedSources(document)]).toMatchObject([['orders', { database: 'DB', schema: 'S', name: 'ORDERS' }]]);
  });

  it('hands the columns from node to node', () => {
    const { inputColumns, outputColumns } = checkDocument(document, known);
    const names = (columns: readonly { name: string }[] | undefined) => columns?.map(({ name }) => name);
    expect(names(inputColumns['by']?.['in']?.[0])).toEqual(['STATUS', 'PRICE']);
    expect(names(outputColumns['by']?.['out'])).toEqual(['STATUS', 'REVENUE']);
    expect(names(inputColumns['out']?.['in']?.[0])).toEqual(['STATUS', 'REVENUE']);
  });

  it('names the node and the field of an unknown column', () => {
    expect(checkDocument(document, known).problems).toMatchObject([
      { code: 'UNKNOWN_COLUMN', nodeId: 'top', path: 'by.0.column' },
    ]);
  });

  it('holds its tongue about columns while the table is not known yet', () => {
    const typo = grouped({ groupBy: ['STATSU'] });
    expect(checkDocument(typo, known).problems).toMatchObject([{ nodeId: 'by', path: 'groupBy.0' }]);
    expect(checkDocument(typo, new Map()).problems).toEqual([]);
  });
});
