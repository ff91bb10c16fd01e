import { workflowDocument } from '@snowflow/contracts/documents/workflow-document';
import { definitions } from '@snowflow/nodes/definitions';
import { draftPrompt, faultOf } from './draft-prompt';

const EMPTY = workflowDocument.parse({ schemaVersion: 1, name: 'n' });
const ORDERS = { database: 'D', schema: 'S', name: 'ORDERS', columns: [{ name: 'N', type: 'NUMBER(38,0)' }] };

describe('What a model is told', () => {
  const said = draftPrompt('Count them', EMPTY, [ORDERS]);
  const [rules, asked] = said.map(({ content }) => content) as [string, string];

  it('is every node type with its ports, schema and example, without the hints of forms', () => {
    for (const { type } of definitions.values()) expect(rules).toContain(`## ${type}: `);
    expect(rules).toContain('in: left relation, right relation; out: out relation');
    expect(rules).not.toMatch(/"ui"|"widget"|"materialise"/);
    // Some fifteen thousand tokens: what every draft costs at least.
    expect(rules.length).toBeLessThan(50_000);
  });

  it('is the request between marks, beside names and types of columns', () => {
    expect(asked).toBe(
      '# Tables and views\n{"database":"D","schema":"S","name":"ORDERS"}: N NUMBER(38,0)\n\n<request>Count them</request>',
    );
  });

  it('is the current document without its places', () => {
    const node = { id: 'a', type: 'shape.limit', label: '', config: { rows: 5 } };
    const current = { ...EMPTY, nodes: [{ ...node, position: { x: 77, y: 77 } }] };
    expect(draftPrompt('x', current, [])[1]?.content).toContain(JSON.stringify([node]));
  });

  it.each([
    ['UNKNOWN_COLUMN', 'names', 'UNKNOWN_COLUMN (node a, by.0.column): It says CANARY'],
    ['INVALID_SQL', 'names', 'INVALID_SQL (node a, by.0.column)'],
    ['INVALID_SQL', 'own', 'INVALID_SQL (node a, by.0.column): It says CANARY'],
    ['CYCLE', 'own', 'CYCLE (node a, by.0.column)'],
    ['CYCLE', 'all', 'CYCLE (node a, by.0.column): It says CANARY'],
  ] as const)(
    'of a problem %s, where %s may be quoted, is what names and quotes nothing else',
    (code, quoting, fault) => {
      const problem = { severity: 'error', code, nodeId: 'a', path: 'by.0.column', message: 'It says CANARY' } as const;
      expect(faultOf(problem, quoting)).toBe(fault);
    },
  );
});
