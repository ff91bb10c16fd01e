import type { SemanticModel, SemanticTable } from '@snowflow/contracts/semantic/semantic-model';
import { dimensionsOf } from '@snowflow/contracts/semantic/semantic-names';
import { Access } from '../catalog/access';
import type { StatementTree } from '../parser/statement-tree';
import { smallResult, statementTypes } from '../results/result';
import type { CompiledStatement } from '../sql/compiled-statement';
import { text, type ResultColumn } from '../sql/snowflake-type';
import type { Statement } from '../statements/statement';

const columns: ResultColumn[] = ['object_kind', 'object_name', 'parent_entity', 'property', 'property_value'].map(
  (name) => ({
    name,
    type: text,
    nullable: true,
  }),
);

type Line = [kind: string | null, name: string | null, parent: string | null, property: string, value: string];
type Properties = readonly (readonly [property: string, value: string | readonly string[] | undefined])[];

function lines(kind: string | null, name: string | null, parent: string | null, properties: Properties): Line[] {
  return properties.flatMap(([property, value]): Line[] =>
    value === undefined
      ? []
      : [[kind, name, parent, property, typeof value === 'string' ? value : JSON.stringify(value)]],
  );
}

/** DESCRIBE SEMANTIC VIEW: a row for each property of each part. */
export function compileDescribeSemanticView(
  tree: Extract<StatementTree, { t: 'describeSemanticView' }>,
  statement: Statement,
): CompiledStatement {
  const access = new Access(statement.session, statement.context);
  const view = access.readableSemanticView(tree.name.map(({ text: part }) => part));
  const rows = [...lines(null, null, null, [['COMMENT', view.comment]]), ...modelLines(view.model)];
  return {
    columns,
    statementTypeId: statementTypes.describe,
    run: async () => smallResult(columns, rows, statementTypes.describe),
  };
}

function modelLines(model: SemanticModel): Line[] {
  return [
    ...model.tables.flatMap(tableLines),
    ...(model.relationships ?? []).flatMap(
      ({ name, left_table: left, right_table: right, relationship_columns: pairs }) =>
        lines('RELATIONSHIP', name ?? `${left}_TO_${right}`, left, [
          ['TABLE', left],
          ['REF_TABLE', right],
          ['FOREIGN_KEY', pairs.map(({ left_column: column }) => column)],
          ['REF_KEY', pairs.map(({ right_column: column }) => column)],
        ]),
    ),
    ...(model.metrics ?? []).flatMap((metric) => partLines('DERIVED_METRIC', null, metric)),
    ...lines(null, null, null, [['AI_SQL_GENERATION', model.custom_instructions]]),
    ...extensionLines(model),
  ];
}

function tableLines(table: SemanticTable): Line[] {
  const { database, schema, table: base } = table.base_table;
  return [
    ...lines('TABLE', table.name, null, [
      ['BASE_TABLE_DATABASE_NAME', database],
      ['BASE_TABLE_SCHEMA_NAME', schema],
      ['BASE_TABLE_NAME', base],
      ['PRIMARY_KEY', table.primary_key?.columns],
      ['SYNONYMS', table.synonyms],
      ['COMMENT', table.description],
    ]),
    ...(table.facts ?? []).flatMap((fact) => partLines('FACT', table.name, fact)),
    ...dimensionsOf(table).flatMap((dimension) => partLines('DIMENSION', table.name, dimension)),
    ...(table.metrics ?? []).flatMap((metric) => partLines('METRIC', table.name, metric)),
  ];
}

function partLines(
  kind: string,
  table: string | null,
  part: { name: string; expr: string; data_type?: string; synonyms?: string[]; description?: string },
): Line[] {
  return lines(kind, part.name, table, [
    ['TABLE', table ?? undefined],
    ['EXPRESSION', part.expr],
    ['DATA_TYPE', part.data_type],
    ['SYNONYMS', part.synonyms],
    ['COMMENT', part.description],
  ]);
}

/** What Cortex Analyst reads of a view beside its SQL: samples, filters and verified queries. */
function extensionLines(model: SemanticModel): Line[] {
  const tables = model.tables.map((table) => ({
    name: table.name,
    dimensions: (table.dimensions ?? []).map(({ name, sample_values, unique, is_enum }) => ({
      name,
      sample_values,
      unique,
      is_enum,
    })),
    time_dimensions: (table.time_dimensions ?? []).map(({ name, sample_values }) => ({ name, sample_values })),
    filters: table.filters ?? [],
  }));
  const value = JSON.stringify({ tables, verified_queries: model.verified_queries ?? [] });
  return lines('EXTENSION', 'CA', null, [['VALUE', value]]);
}
