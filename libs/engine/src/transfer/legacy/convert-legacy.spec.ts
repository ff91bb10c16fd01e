import { workflowDocument } from '@snowflow/contracts/documents/workflow-document';
import { definitions } from '@snowflow/nodes/definitions';
import fc from 'fast-check';
import { LEGACY_FLOWS } from '../fixtures/legacy-flows';
import { readFile, type ReadFile } from '../read-file';
import { toDocument } from '../transfer-file';
import { TransferFault } from '../transfer-fault';
import { readOrder, readsAsSql } from './legacy-expression';

const imported = (flow: unknown): ReadFile => readFile(JSON.stringify(flow));
const first = (flow: unknown) => {
  const [one] = imported(flow).workflows;
  if (!one) throw new Error('Nothing was read');
  return one;
};
const outcomes = (flow: unknown) =>
  first(flow).report.nodes.map(({ nodeId, type, outcome }) => [nodeId, type, outcome]);

describe('A flow of the earlier SnowFlow', () => {
  it.each(Object.entries(LEGACY_FLOWS))(
    '%s becomes a workflow that parses, with a report of every node',
    (_name, flow) => {
      const { workflow, report } = first(flow);
      expect(() => workflowDocument.parse(toDocument(workflow))).not.toThrow();
      const told = new Set(report.nodes.map(({ nodeId }) => nodeId));
      expect(workflow.nodes.map(({ id }) => id).filter((id) => !told.has(id))).toEqual([]);
      expect(report.nodes.length).toBeGreaterThanOrEqual(flow.nodes.length);
      expect(report.nodes.filter(({ outcome, reasons }) => outcome !== 'taken' && reasons.length === 0)).toEqual([]);
      const known = new Set<string>(definitions.keys());
      expect(workflow.nodes.filter(({ type }) => !known.has(type))).toEqual([]);
    },
  );

  it('keeps of a source its table, filter, order and limit, as nodes of their own', () => {
    const { workflow } = first(LEGACY_FLOWS['a source with everything']);
    expect(workflow.nodes.map(({ type, config }) => [type, config])).toEqual(
      expect.arrayContaining([
        ['source.table', { database: 'SALES', schema: 'PUBLIC', table: 'ORDERS' }],
        ['shape.filter', { expression: "AMOUNT > 10 AND REGION = 'EU'" }],
        ['shape.sort', { by: [{ column: 'AMOUNT', direction: 'desc' }] }],
        ['shape.limit', { rows: 50 }],
      ]),
    );
    expect(workflow.edges).toHaveLength(5);
  });

  it('has no secret and no styling', () => {
    const text = JSON.stringify(imported(LEGACY_FLOWS['an external agent with secrets']));
    for (const canary of ['canary', 'width', 'border']) expect(text).not.toContain(canary);
  });

  it('branches where it said which way, and tells where it did not', () => {
    const { workflow, report } = first(LEGACY_FLOWS['a condition']);
    expect(workflow.edges.filter(({ source }) => source === 'check').map(({ sourcePort }) => sourcePort)).toEqual([
      'true',
      'false',
      'true',
    ]);
    expect(report.notes.join('\n')).toMatch(/said no way/);
  });

  it('an expression that is not understood stays in its field and is a problem there', () => {
    const { workflow, report } = first(LEGACY_FLOWS['scripts for expressions']);
    const kept = workflow.nodes.find(({ id }) => id === 'check')?.config['expression'];
    expect(kept).toBe('data.total === 5 && !done');
    expect(report.nodes.find(({ nodeId }) => nodeId === 'check')?.problems).toEqual([
      { path: 'expression', message: expect.stringMatching(/no expression in SQL/) as string },
    ]);
  });

  it('what has no home is told, with the edges that led there', () => {
    expect(outcomes(LEGACY_FLOWS['homeless nodes'])).toEqual(
      expect.arrayContaining([
        ['x', 'schemaExtractor', 'dropped'],
        ['y', 'quantumNode', 'dropped'],
      ]),
    );
    expect(first(LEGACY_FLOWS['homeless nodes']).report.notes.join('\n')).toMatch(/edge from .* is left out/);
  });

  it('whatever stands in it, there is a report or a refusal, never a crash', () => {
    const types = fc.constantFrom(
      ...'snowflakeSource semanticModel agent cortexAgent cortex router supervisor condition externalAgent output fileInput schemaExtractor schemaTransformer fileOutput __proto__ constructor'.split(
        ' ',
      ),
    );
    const fields = fc.constantFrom(
      ...'label database schema table columns filter orderBy limit model systemPrompt temperature maxTokens tools function sourceColumn prompt strategy routes maxDelegations expression endpoint method authType outputType categories mappings'.split(
        ' ',
      ),
    );
    const anything = fc.jsonValue({ maxDepth: 3 });
    const node = fc.record(
      {
        id: fc.oneof(fc.constantFrom('a', 'b', 'c'), anything),
        type: fc.oneof(types, anything),
        position: anything,
        data: fc.oneof(fc.dictionary(fields, anything), anything),
      },
      { requiredKeys: [] },
    );
    const edge = fc.record({
      source: fc.constantFrom('a', 'b', 'c', 'd'),
      target: fc.constantFrom('a', 'b', 'c'),
      sourceHandle: fc.oneof(fc.constantFrom('true', 'x'), anything),
    });
    fc.assert(
      fc.property(
        fc.array(fc.oneof(node, anything), { maxLength: 6 }),
        fc.array(fc.oneof(edge, anything), { maxLength: 6 }),
        anything,
        (nodes, edges, name) => {
          let read: ReadFile;
          try {
            read = imported({ name, nodes, edges });
          } catch (error) {
            expect(error).toBeInstanceOf(TransferFault);
            return;
          }
          const [one] = read.workflows;
          expect(workflowDocument.safeParse(one && toDocument(one.workflow)).error).toBeUndefined();
          expect(one?.report.nodes.length).toBeGreaterThanOrEqual(nodes.length);
        },
      ),
      { numRuns: 400 },
    );
  });

  it.each([
    ["REGION = 'EU' AND AMOUNT >= 10", true],
    ['ROW_COUNT > 0', true],
    ['SUM("a b") / 2 <> 1', true],
    ['a == 1', false],
    ['data.x > 1', false],
    ['a && b', false],
    ['(a', false],
    ['DROP TABLE x; SELECT 1', false],
    ['', false],
  ])('%s reads as SQL: %p', (text, reads) => expect(readsAsSql(text)).toBe(reads));

  it('an order is columns with directions, or is not read', () => {
    expect(readOrder('a DESC, "b c"')).toEqual([
      { column: 'A', direction: 'desc' },
      { column: 'b c', direction: 'asc' },
    ]);
    expect(readOrder('lower(a)')).toBeUndefined();
  });
});
