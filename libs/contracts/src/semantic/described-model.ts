import { z } from 'zod';
import type { SemanticModel, SemanticTable } from './semantic-model';

/** A row of DESCRIBE SEMANTIC VIEW: a property of one part of the view. */
export interface DescribedProperty {
  kind: string | null;
  name: string | null;
  parent: string | null;
  property: string;
  value: string;
}

interface Part {
  kind: string;
  name: string;
  table: string;
  properties: ReadonlyMap<string, string>;
}

const texts = z.array(z.string()).catch([]);
const values = z.object({ name: z.string(), sample_values: z.array(z.coerce.string()).optional() });
const extension = z
  .object({
    tables: z
      .array(
        z.object({
          name: z.string(),
          dimensions: z.array(values).optional(),
          time_dimensions: z.array(values).optional(),
          filters: z.array(z.object({ name: z.string(), expr: z.string() }).loose()).optional(),
        }),
      )
      .catch([]),
    verified_queries: z.array(z.object({ name: z.string(), question: z.string(), sql: z.string() }).loose()).catch([]),
  })
  .partial();

/** The model of a semantic view, as far as DESCRIBE tells it. */
export function describedModel(name: string, rows: readonly DescribedProperty[]): SemanticModel {
  const parts = partsOf(rows);
  const view = new Map(rows.filter(({ kind }) => kind === null).map(({ property, value }) => [property, value]));
  const more = extensionOf(rows);
  const tables = parts
    .filter(({ kind }) => kind === 'TABLE')
    .map((table) =>
      tableOf(
        table,
        parts,
        more.tables?.find((known) => known.name === table.name),
      ),
    );
  const derived = parts.filter(({ kind }) => kind === 'DERIVED_METRIC').map(measureOf);
  const description = view.get('COMMENT');
  const instructions = view.get('AI_SQL_GENERATION');
  return {
    name,
    ...(description === undefined ? {} : { description }),
    tables,
    relationships: parts.filter(({ kind }) => kind === 'RELATIONSHIP').map(relationshipOf),
    metrics: derived,
    verified_queries: more.verified_queries ?? [],
    ...(instructions === undefined ? {} : { custom_instructions: instructions }),
  };
}

function partsOf(rows: readonly DescribedProperty[]): Part[] {
  const parts = new Map<string, Part & { properties: Map<string, string> }>();
  for (const { kind, name, parent, property, value } of rows) {
    if (kind === null || name === null) continue;
    const key = JSON.stringify([kind, parent, name]);
    const part = parts.get(key) ?? { kind, name, table: parent ?? '', properties: new Map<string, string>() };
    part.properties.set(property, value);
    parts.set(key, part);
  }
  return [...parts.values()];
}

type Extension = z.infer<typeof extension>;

function extensionOf(rows: readonly DescribedProperty[]): Extension {
  const text = rows.find(({ kind, property }) => kind === 'EXTENSION' && property === 'VALUE')?.value;
  try {
    return extension.parse(JSON.parse(text ?? '{}'));
  } catch {
    return {};
  }
}

type TableExtension = NonNullable<Extension['tables']>[number];

function tableOf(table: Part, parts: readonly Part[], more: TableExtension | undefined): SemanticTable {
  const of = (kind: string) => parts.filter((part) => part.kind === kind && part.table === table.name);
  const key = list(table, 'PRIMARY_KEY');
  const samples = new Map(
    [...(more?.dimensions ?? []), ...(more?.time_dimensions ?? [])].map(({ name, sample_values }) => [
      name,
      sample_values,
    ]),
  );
  const dimensions = of('DIMENSION').map((part) => {
    const sample = samples.get(part.name);
    return { ...measureOf(part), ...(sample ? { sample_values: sample } : {}) };
  });
  const isTime = ({ data_type: type }: { data_type?: string }) => /^(?:DATE|TIMESTAMP)/.test(type ?? '');
  return {
    name: table.name,
    ...wordsOf(table),
    base_table: {
      database: table.properties.get('BASE_TABLE_DATABASE_NAME') ?? '',
      schema: table.properties.get('BASE_TABLE_SCHEMA_NAME') ?? '',
      table: table.properties.get('BASE_TABLE_NAME') ?? '',
    },
    ...(key.length === 0 ? {} : { primary_key: { columns: key } }),
    dimensions: dimensions.filter((dimension) => !isTime(dimension)),
    time_dimensions: dimensions.filter(isTime),
    facts: of('FACT').map(measureOf),
    metrics: of('METRIC').map(measureOf),
    filters: more?.filters ?? [],
  };
}

function measureOf(part: Part) {
  const type = part.properties.get('DATA_TYPE');
  return {
    name: part.name,
    ...wordsOf(part),
    expr: part.properties.get('EXPRESSION') ?? '',
    ...(type === undefined ? {} : { data_type: type }),
  };
}

function relationshipOf(part: Part) {
  const right = list(part, 'REF_KEY');
  return {
    name: part.name,
    left_table: part.properties.get('TABLE') ?? part.table,
    right_table: part.properties.get('REF_TABLE') ?? '',
    relationship_columns: list(part, 'FOREIGN_KEY').map((column, index) => ({
      left_column: column,
      right_column: right[index] ?? '',
    })),
  };
}

function wordsOf(part: Part): { synonyms?: string[]; description?: string } {
  const synonyms = list(part, 'SYNONYMS');
  const description = part.properties.get('COMMENT');
  return { ...(synonyms.length > 0 && { synonyms }), ...(description !== undefined && { description }) };
}

/** A list as DESCRIBE writes it: JSON. */
function list({ properties }: Part, property: string): string[] {
  const text = properties.get(property);
  if (text === undefined) return [];
  try {
    return texts.parse(JSON.parse(text));
  } catch {
    return [];
  }
}
