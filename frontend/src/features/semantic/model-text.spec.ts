import fc from 'fast-check';
import { addAt, listIn, pathText, readDraft, removeAt, setAt } from './model-text';
import { modelOfTable } from './model-of-table';

const TEXT = `# Of the sales team
name: SALES
later_field: { kept: yes }
tables:
  - name: ORDERS # one row each
    metrics:
      - name: N
        expr: COUNT(*)
`;

describe('A model as text', () => {
  it('keeps comments and fields that the form does not know when a part changes', () => {
    const changed = setAt(TEXT, ['tables', 0, 'metrics', 0, 'expr'], 'COUNT(O_ORDERKEY)');
    expect(changed).toContain('# Of the sales team');
    expect(changed).toContain('# one row each');
    expect(changed).toContain('later_field: { kept: yes }');
    expect(changed).toContain('expr: COUNT(O_ORDERKEY)');
  });

  it('begins a list with its first item, and takes it away with its last', () => {
    const added = addAt(TEXT, ['tables', 0, 'dimensions'], { name: 'A', expr: 'B' });
    expect(added).toContain('dimensions:');
    expect(removeAt(added, ['tables', 0, 'dimensions', 0])).toBe(TEXT);
  });

  it('says the line of a text that is no YAML, and that a list is no model', () => {
    expect(readDraft('name: A\ntables: [')).toMatch(/^Line 2/);
    expect(readDraft('- a')).toMatch(/a map/);
    expect(pathText(['tables', 0, 'metrics', 2, 'expr'])).toBe('tables[0].metrics[2].expr');
  });

  it('holds any value that is written into it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (value) => {
        const draft = readDraft(setAt(TEXT, ['description'], value));
        expect(typeof draft === 'string' ? draft : draft.description).toBe(value);
      }),
    );
  });

  it('is made of a table: texts and keys group, dates are times, numbers are facts', () => {
    const column = { nullable: true, comment: null };
    const draft = readDraft(
      modelOfTable({
        kind: 'table',
        database: 'D',
        schema: 'S',
        name: 'ORDERS',
        rowCount: null,
        bytes: null,
        owner: null,
        comment: null,
        createdAt: null,
        lastAlteredAt: null,
        secure: false,
        access: { select: true },
        tags: [],
        policies: [],
        columns: [
          { ...column, name: 'ID', type: 'NUMBER(38,0)', key: 'primary' },
          { ...column, name: 'status', type: 'VARCHAR(1)' },
          { ...column, name: 'ON_DAY', type: 'DATE' },
          { ...column, name: 'PRICE', type: 'NUMBER(12,2)' },
        ],
      }),
    );
    const [table] = typeof draft === 'string' ? [] : listIn(draft, 'tables');
    expect(table).toMatchObject({
      primary_key: { columns: ['ID'] },
      dimensions: [{ name: 'ID' }, { name: 'status', expr: '"status"' }],
      time_dimensions: [{ name: 'ON_DAY' }],
      facts: [{ name: 'PRICE' }],
      metrics: [{ expr: 'COUNT(*)' }],
    });
  });
});
