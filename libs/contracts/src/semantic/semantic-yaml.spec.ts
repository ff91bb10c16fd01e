import * as fc from 'fast-check';
import { parseSemanticYaml, writeSemanticYaml } from './semantic-yaml';

const small = `name: orders_model
tables:
  - name: orders
    base_table: { database: SNOWFLAKE_SAMPLE_DATA, schema: TPCH_SF1, table: ORDERS }
    primary_key: { columns: [O_ORDERKEY] }
    dimensions:
      - name: status
        expr: O_ORDERSTATUS
        sample_values: [F, O, 1995]
    metrics:
      - name: order_count
        expr: COUNT(O_ORDERKEY)
`;

/** What is written of the text's model. */
function rewritten(text: string): string {
  const { model } = parseSemanticYaml(text);
  if (!model) throw new Error('It is no model');
  return writeSemanticYaml(model);
}

describe('a semantic model as YAML', () => {
  it('is read, and written back so that reading it again gives the same', () => {
    const { model, problems } = parseSemanticYaml(small);
    expect(problems).toEqual([]);
    expect(model?.tables[0]?.dimensions?.[0]?.sample_values).toEqual(['F', 'O', '1995']);
    const written = rewritten(small);
    expect(parseSemanticYaml(written)).toEqual({ model, problems: [] });
    expect(rewritten(written)).toBe(written);
  });

  it('says in which line a field is missing, wrong or unknown', () => {
    const { model, problems } = parseSemanticYaml(
      small.replace('expr: O_ORDERSTATUS', 'expr: ""').replace('  primary_key', '  primary_keys'),
    );
    expect(model).toBeUndefined();
    expect(problems).toEqual([
      expect.objectContaining({ line: 5, path: 'tables[0].primary_keys', severity: 'warning' }),
      expect.objectContaining({ line: 8, path: 'tables[0].dimensions[0].expr', message: 'Write an expression' }),
    ]);
    expect(parseSemanticYaml(small.replace('        expr: COUNT(O_ORDERKEY)\n', '')).problems).toEqual([
      expect.objectContaining({ line: 11, message: '“expr” is missing; add it' }),
    ]);
  });

  it('keeps a field that the specification gains later', () => {
    const newer = small.replace('name: order_count', 'name: order_count\n        access_modifier: public_access');
    expect(parseSemanticYaml(newer).problems).toEqual([expect.objectContaining({ severity: 'warning' })]);
    expect(rewritten(newer)).toContain('access_modifier: public_access');
  });

  it('refuses a relationship that leads to many rows or to no table', () => {
    const related = (right: string, column: string) => `${small}  - name: customer
    base_table: { database: D, schema: S, table: CUSTOMER }
    primary_key: { columns: [C_CUSTKEY] }
relationships:
  - { name: r, left_table: orders, right_table: ${right}, relationship_columns: [{ left_column: O_CUSTKEY, right_column: ${column} }] }
`;
    expect(parseSemanticYaml(related('customer', 'C_CUSTKEY')).problems).toEqual([]);
    expect(parseSemanticYaml(related('customer', 'C_NAME')).problems[0]?.message).toContain('primary_key of customer');
    expect(parseSemanticYaml(related('clients', 'C_CUSTKEY')).problems[0]?.message).toContain('no table clients');
  });

  it('refuses two parts of one name', () => {
    expect(parseSemanticYaml(small.replace('order_count', 'Status')).problems[0]?.message).toContain(
      'another part called Status',
    );
  });

  it('refuses a bomb of aliases quickly', () => {
    const levels = Array.from({ length: 9 }, (_, n) => `a${n + 1}: &a${n + 1} [${Array(9).fill(`*a${n}`).join(', ')}]`);
    const { problems } = parseSemanticYaml(`a0: &a0 [x, x]\n${levels.join('\n')}\nname: m\n`);
    expect(problems[0]?.message).toContain('aliases');
  });

  it('answers any text with a model or with problems that have a line', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'grapheme' }),
          fc.json(),
          fc.constant(small).map((text) => text.slice(7)),
        ),
        (text) => {
          const { model, problems } = parseSemanticYaml(text);
          expect(model !== undefined || problems.length > 0).toBe(true);
          expect(problems.every(({ line, column }) => line >= 1 && column >= 1)).toBe(true);
        },
      ),
    );
  });
});
