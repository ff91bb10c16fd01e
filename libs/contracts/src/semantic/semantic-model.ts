import { z } from 'zod';

const name = z.string().trim().min(1, 'Give it a name').max(255);
const words = z.string().max(10_000);
const synonyms = z.array(z.string().trim().min(1).max(255)).max(200);
const expression = z.string().trim().min(1, 'Write an expression').max(10_000);
/** YAML reads 1995 as a number and true as a boolean; a sample is the text a person would write. */
const sample = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const columns = z.array(name).min(1).max(50);

const named = { name, synonyms: synonyms.optional(), description: words.optional() };
const key = z.looseObject({ columns });
const dimensionFields = {
  ...named,
  expr: expression,
  data_type: z.string().max(100).optional(),
  unique: z.boolean().optional(),
  is_enum: z.boolean().optional(),
  sample_values: z.array(sample).max(1000).optional(),
};
const dimension = z.looseObject(dimensionFields);
const fact = z.looseObject({ ...named, expr: expression, data_type: z.string().max(100).optional() });
const metric = z.looseObject({ ...named, expr: expression });
const filter = z.looseObject({ ...named, expr: expression });

const table = z.looseObject({
  ...named,
  base_table: z.looseObject({ database: name, schema: name, table: name }),
  primary_key: key.optional(),
  unique_keys: z.array(key).max(20).optional(),
  dimensions: z.array(dimension).max(1000).optional(),
  time_dimensions: z.array(dimension).max(1000).optional(),
  facts: z.array(fact).max(1000).optional(),
  metrics: z.array(metric).max(1000).optional(),
  filters: z.array(filter).max(1000).optional(),
});

const relationship = z.looseObject({
  name: name.optional(),
  left_table: name,
  right_table: name,
  relationship_columns: z
    .array(z.looseObject({ left_column: name, right_column: name }))
    .min(1)
    .max(20),
  join_type: z.enum(['left_outer', 'inner']).optional(),
  relationship_type: z.enum(['many_to_one', 'one_to_one']).optional(),
});

const verifiedQuery = z.looseObject({
  name,
  question: z.string().trim().min(1).max(2000),
  sql: z.string().trim().min(1).max(100_000),
  verified_at: z.union([z.number(), z.string()]).optional(),
  verified_by: z.string().max(255).optional(),
  use_as_onboarding_question: z.boolean().optional(),
});

/** Snowflake's semantic model specification. Fields that it gains later pass through and are written back. */
export const semanticModel = z.looseObject({
  name,
  description: words.optional(),
  tables: z.array(table).min(1, 'A model needs a table').max(200),
  relationships: z.array(relationship).max(500).optional(),
  metrics: z.array(metric).max(1000).optional(),
  verified_queries: z.array(verifiedQuery).max(1000).optional(),
  custom_instructions: z.string().max(20_000).optional(),
});

export type SemanticModel = z.infer<typeof semanticModel>;
export type SemanticTable = z.infer<typeof table>;
export type SemanticDimension = z.infer<typeof dimension>;
export type SemanticFact = z.infer<typeof fact>;
export type SemanticMetric = z.infer<typeof metric>;
export type SemanticFilter = z.infer<typeof filter>;
export type SemanticRelationship = z.infer<typeof relationship>;

/** The fields of each kind of object in a model, in the order in which the specification lists them. */
export const semanticFields = {
  model: ['name', 'description', 'tables', 'relationships', 'metrics', 'verified_queries', 'custom_instructions'],
  tables: [
    'name',
    'synonyms',
    'description',
    'base_table',
    'primary_key',
    'unique_keys',
    'dimensions',
    'time_dimensions',
    'facts',
    'metrics',
    'filters',
  ],
  base_table: ['database', 'schema', 'table'],
  primary_key: ['columns'],
  unique_keys: ['columns'],
  dimensions: Object.keys(dimensionFields),
  time_dimensions: Object.keys(dimensionFields),
  facts: ['name', 'synonyms', 'description', 'expr', 'data_type'],
  metrics: ['name', 'synonyms', 'description', 'expr'],
  filters: ['name', 'synonyms', 'description', 'expr'],
  relationships: ['name', 'left_table', 'right_table', 'relationship_columns', 'join_type', 'relationship_type'],
  relationship_columns: ['left_column', 'right_column'],
  verified_queries: ['name', 'question', 'sql', 'verified_at', 'verified_by', 'use_as_onboarding_question'],
} as const satisfies Readonly<Record<string, readonly string[]>>;
