import type { SemanticModel } from '@snowflow/contracts/semantic/semantic-model';
import { writeSemanticYaml } from '@snowflow/contracts/semantic/semantic-yaml';
import type { SourceDetail } from '../../api/catalog';

type Column = SourceDetail['columns'][number];

const NUMBERS = /^(NUMBER|DECIMAL|NUMERIC|INT|BIGINT|FLOAT|DOUBLE|REAL)/i;
const TIMES = /^(DATE|TIMESTAMP|TIME)/i;
const WORDS = /^(VARCHAR|TEXT|STRING|CHAR|BOOLEAN)/i;

/** An identifier as an expression takes it. */
const quoted = (name: string) => (/^[A-Z_][A-Z0-9_$]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`);

/** A first model of a table: texts group, dates are times, numbers are facts, and keys group, too. */
export function modelOfTable({ database, schema, name, columns }: SourceDetail): string {
  const partsOf = (fits: (column: Column) => boolean) =>
    columns.filter(fits).map((column) => ({
      name: column.name,
      ...(column.comment ? { description: column.comment } : {}),
      expr: quoted(column.name),
      data_type: column.type,
    }));
  const isKey = ({ key }: Column) => key === 'primary';
  const keys = columns.filter(isKey).map((column) => column.name);
  const model: SemanticModel = {
    name: `${name}_MODEL`,
    tables: [
      {
        name,
        base_table: { database, schema, table: name },
        ...(keys.length > 0 ? { primary_key: { columns: keys } } : {}),
        dimensions: partsOf((column) => WORDS.test(column.type) || isKey(column)),
        time_dimensions: partsOf((column) => TIMES.test(column.type) && !isKey(column)),
        facts: partsOf((column) => NUMBERS.test(column.type) && !isKey(column)),
        metrics: [{ name: 'ROW_COUNT', synonyms: [`number of ${name.toLowerCase()}`], expr: 'COUNT(*)' }],
      },
    ],
  };
  return writeSemanticYaml(model);
}

/** A model to fill in. */
export const EMPTY_MODEL = 'name: NEW_MODEL\ntables: []\n';
