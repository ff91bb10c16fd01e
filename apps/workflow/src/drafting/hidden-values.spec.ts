import { workflowDocument } from '@snowflow/contracts/documents/workflow-document';
import fc from 'fast-check';
import { documentOf } from '../testing/documents';
import { withoutLiterals } from './hidden-sql';
import { HiddenValues } from './hidden-values';

const of = (nodes: Parameters<typeof documentOf>[0], more = {}) => workflowDocument.parse(documentOf(nodes, [], more));

describe('What leaves of a document', () => {
  it('are names, while every value stands as a placeholder and comes back as it was', () => {
    const document = of(
      [
        {
          id: 'typed',
          type: 'source.values',
          config: { columns: [{ name: 'REGION', type: 'VARCHAR' }], rows: [['CANARY-row'], [7_331]] },
        },
        {
          id: 'filter',
          type: 'shape.filter',
          config: { conditions: [{ column: 'REGION', operator: 'eq', value: 'CANARY-condition' }] },
        },
        { id: 'sql', type: 'shape.sql', config: { sql: "SELECT REGION FROM in WHERE A = 'CANARY-sql' AND B > 7331" } },
        { id: 'ask', type: 'ai.complete', config: { model: 'm', prompt: 'CANARY-prompt {{ parameters.p }}' } },
      ],
      {
        name: 'CANARY-name',
        description: 'CANARY-description',
        parameters: [{ name: 'p', type: 'string', default: 'CANARY-default', description: 'CANARY-says' }],
        notes: [{ id: 'n', text: 'CANARY-note', position: { x: 0, y: 0 } }],
        groups: [{ id: 'g', name: 'CANARY-group', nodes: ['sql'] }],
      },
    );
    const hidden = new HiddenValues();
    const shown = hidden.hide(document);
    const text = JSON.stringify(shown);
    expect(text).not.toMatch(/CANARY|7331/);
    expect(text).toContain('REGION');
    expect(shown.nodes[2]?.config).toEqual({ sql: 'SELECT REGION FROM in WHERE A = {value:4} AND B > {value:5}' });
    expect(hidden.putBack(shown.nodes.map(({ config }) => config))).toEqual(document.nodes.map(({ config }) => config));
    expect(hidden.putBack(shown.parameters)).toEqual([{ name: 'p', type: 'string', default: 'CANARY-default' }]);
  });

  it('comes back as it was, whatever stands in it', () => {
    const key = fc.constantFrom('value', 'expression', 'sql', 'prompt', 'columns', 'conditions', 'body', 'column');
    const config = fc.dictionary(
      key,
      fc.oneof(fc.string(), fc.jsonValue(), fc.array(fc.dictionary(key, fc.jsonValue()))),
    );
    fc.assert(
      fc.property(config, (given) => {
        fc.pre(!JSON.stringify(given).includes('{value:'));
        const document = of([{ id: 'a', type: 't', config: given }]);
        const hidden = new HiddenValues();
        const back = hidden.putBack(hidden.hide(document).nodes[0]?.config);
        expect(JSON.stringify(back)).toBe(JSON.stringify(document.nodes[0]?.config));
      }),
    );
  });
});

describe('SQL without its literals', () => {
  it.each([
    ["a = 'it''s' OR b = 1.5e3", 'a = ? OR b = ?'],
    [`"Net 5" > 5 -- said in secret`, '"Net 5" > ? ?'],
    ['a = $$secret$$ /* 7 */', 'a = ? ?'],
    [String.raw`a = 'x\'y' AND {{ parameters.p2 }} = COL_9`, 'a = ? AND {{ parameters.p2 }} = COL_9'],
  ])('%s', (sql, without) => expect(withoutLiterals(sql, () => '?')).toBe(without));

  it('is none where a quote does not end', () => {
    expect(withoutLiterals("a = 'secret", () => '?')).toBeUndefined();
  });
});
