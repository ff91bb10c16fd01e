import type { WorkflowDocument, WorkflowNode } from '@snowflow/contracts/documents/workflow-document';

const TPCH = { database: 'SNOWFLAKE_SAMPLE_DATA', schema: 'TPCH_SF1' };

/** Builds workflow documents for tests: nodes in the order added, each wired from the ones named. */
export class DocumentBuilder {
  private readonly document: WorkflowDocument;

  constructor(name = 'A workflow') {
    this.document = {
      schemaVersion: 1,
      name,
      description: '',
      parameters: [],
      nodes: [],
      edges: [],
      notes: [],
      groups: [],
    };
  }

  /** `from` is `node`, `node.port`, or a map from this node's input port to one of these. */
  node(id: string, type: string, config: Record<string, unknown>, from?: string | Record<string, string>): this {
    const position = { x: this.document.nodes.length * 240, y: 0 };
    this.document.nodes.push({ id, type, label: id, position, config } satisfies WorkflowNode);
    const inputs = typeof from === 'string' ? { in: from } : (from ?? {});
    for (const [targetPort, origin] of Object.entries(inputs)) {
      const [source = '', sourcePort = 'out'] = origin.split('.');
      this.document.edges.push({
        id: `e${this.document.edges.length + 1}`,
        source,
        sourcePort,
        target: id,
        targetPort,
      });
    }
    return this;
  }

  /** A source over one of the TPC-H sample tables. */
  tpch(id: string, table: string): this {
    return this.node(id, 'source.table', { ...TPCH, table });
  }

  parameter(name: string, type: 'string' | 'number', fallback?: string | number): this {
    this.document.parameters.push({ name, type, ...(fallback === undefined ? {} : { default: fallback }) });
    return this;
  }

  build(): WorkflowDocument {
    return this.document;
  }
}

/** Orders over a price, by priority: six relational nodes in a row and a result. */
export function sixInARow(name = 'Six in a row'): WorkflowDocument {
  return new DocumentBuilder(name)
    .tpch('orders', 'ORDERS')
    .node('dear', 'shape.filter', { conditions: [{ column: 'O_TOTALPRICE', operator: 'gt', value: 1000 }] }, 'orders')
    .node('few', 'shape.select', { columns: [{ column: 'O_ORDERPRIORITY' }, { column: 'O_TOTALPRICE' }] }, 'dear')
    .node(
      'by-priority',
      'shape.aggregate',
      {
        groupBy: ['O_ORDERPRIORITY'],
        measures: [
          { function: 'count', as: 'ORDERS' },
          { function: 'sum', column: 'O_TOTALPRICE', as: 'REVENUE' },
        ],
      },
      'few',
    )
    .node('sorted', 'shape.sort', { by: [{ column: 'O_ORDERPRIORITY', direction: 'asc' }] }, 'by-priority')
    .node('top', 'shape.limit', { rows: 3 }, 'sorted')
    .node('result', 'output.result', { name: 'Orders by priority', view: 'table' }, 'top')
    .build();
}
