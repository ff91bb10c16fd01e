import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import { DocumentBuilder } from '../../test/support/document-builder';

/** What stands between a source and its output, over and over: all of it fuses. */
const SHAPES: readonly [type: string, config: (place: number) => Record<string, unknown>][] = [
  ['shape.filter', (place) => ({ conditions: [{ column: 'N_NATIONKEY', operator: 'gte', value: -place }] })],
  ['shape.select', (place) => ({ keepOthers: true, columns: [{ expression: 'N_NATIONKEY + 1', as: `C${place}` }] })],
  ['shape.sort', () => ({ by: [{ column: 'N_NATIONKEY', direction: 'asc' }] })],
  ['shape.filter', () => ({ conditions: [{ column: 'N_REGIONKEY', operator: 'lt', value: 4 }] })],
];

/** A graph of so many nodes in so many regions that each fuse into one statement: a source, a chain of shapes, a count and an output. */
export function drawnGraph(nodes: number, regions: number): WorkflowDocument {
  const document = new DocumentBuilder(`${nodes} nodes in ${regions} regions`);
  for (let region = 0; region < regions; region++) {
    let last = `source-${region}`;
    document.tpch(last, 'NATION');
    for (let place = 0; place < nodes / regions - 3; place++) {
      const id = `n${region}-${place}`;
      const [type, config] = SHAPES[place % SHAPES.length] as (typeof SHAPES)[number];
      document.node(id, type, config(place), last);
      last = id;
    }
    document
      .node(
        `count-${region}`,
        'shape.aggregate',
        { groupBy: ['N_REGIONKEY'], measures: [{ function: 'count', as: 'NATIONS' }] },
        last,
      )
      .node(`result-${region}`, 'output.result', { name: `Result ${region}`, view: 'table' }, `count-${region}`);
  }
  return document.build();
}

/** The same drawing with every node but the outputs computed by itself, as where nothing fuses. */
export function nodeByNode(document: WorkflowDocument): WorkflowDocument {
  const nodes = document.nodes.map((node) =>
    node.type.startsWith('output.') ? node : { ...node, config: { ...node.config, materialise: true } },
  );
  return { ...document, nodes };
}
