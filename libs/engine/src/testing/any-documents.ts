import { workflowDocument, type WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import fc from 'fast-check';

const id = fc.constantFrom('a', 'b', 'c', 'd', 'e');
export const position = fc.record({ x: fc.integer(), y: fc.integer() });
const config = fc.dictionary(
  fc.constantFrom('column', 'rows', 'a.b', 'constructor'),
  fc.oneof(fc.jsonValue(), fc.array(fc.record({ column: fc.string() }))),
);
const node = fc.record(
  {
    id,
    type: fc.constantFrom('source.table', 'shape.limit'),
    label: fc.string(),
    position,
    config,
    disabled: fc.boolean(),
  },
  { requiredKeys: ['id', 'type', 'label', 'position', 'config'] },
);
const edge = fc.record({
  id,
  source: id,
  sourcePort: fc.constantFrom('out', 'true'),
  target: id,
  targetPort: fc.constant('in'),
});
const unique = <T extends { id: string }>(item: fc.Arbitrary<T>) => fc.uniqueArray(item, { selector: (one) => one.id });
/** Documents of few elements with few ids, so that two of them have much in common. */
export const documents: fc.Arbitrary<WorkflowDocument> = fc
  .record({
    schemaVersion: fc.constant(1 as const),
    name: fc.constantFrom('One', 'Two'),
    description: fc.string(),
    parameters: fc.uniqueArray(
      fc.record(
        {
          name: fc.constantFrom('p', 'q'),
          type: fc.constantFrom('string' as const, 'number' as const),
          default: fc.string(),
        },
        { requiredKeys: ['name', 'type'] },
      ),
      { selector: ({ name }) => name },
    ),
    nodes: unique(node),
    edges: unique(edge),
    notes: unique(fc.record({ id, text: fc.string(), position })),
    groups: unique(fc.record({ id, name: fc.string(), nodes: fc.array(id) })),
  })
  .map((document) => workflowDocument.parse(document));
