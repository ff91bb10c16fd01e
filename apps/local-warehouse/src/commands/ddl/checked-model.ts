import type { SemanticDimension, SemanticModel, SemanticTable } from '@snowflow/contracts/semantic/semantic-model';
import { dimensionsOf } from '@snowflow/contracts/semantic/semantic-names';
import { isEmpty, modelFaults } from '@snowflow/contracts/semantic/semantic-problems';
import { identifier } from '../../engine/quote';
import type { SemanticItem } from '../../parser/query-tree';
import { parseStatement } from '../../parser/statement-parser';
import { semanticError } from '../../semantic/semantic-error';
import { CompileContext } from '../../sql/compile-context';
import { QueryCompiler } from '../../sql/query-compiler';
import { semanticSql } from '../../sql/semantic-view-compiler';
import { typeName, type SnowflakeType } from '../../sql/snowflake-type';
import type { Statement } from '../../statements/statement';

/** A model whose every part compiles, with the types that its dimensions and facts have. */
export function checkedModel(model: SemanticModel, statement: Statement): SemanticModel {
  const [fault] = modelFaults(model);
  if (fault) throw semanticError(fault.message);
  if (isEmpty(model)) throw semanticError('it has neither a dimension nor a metric');
  const typeOf = (kind: SemanticItem['kind'], text: string): SnowflakeType => {
    const context = new CompileContext(statement);
    const request = { items: [{ kind, text, alias: undefined }], where: undefined };
    const tree = parseStatement(semanticSql({ model }, request, context));
    const [column] = tree.t === 'query' ? new QueryCompiler(context).query(tree.query).columns : [];
    if (!column) throw semanticError(`${text} gives nothing`);
    return column.type;
  };
  const tables = model.tables.map((table): SemanticTable => {
    const nameOf = (part: { name: string }) => `${identifier(table.name)}.${identifier(part.name)}`;
    const typed = <Part extends { name: string }>(kind: SemanticItem['kind'], part: Part) => ({
      ...part,
      data_type: typeName(typeOf(kind, nameOf(part))),
    });
    for (const metric of table.metrics ?? []) typeOf('METRICS', nameOf(metric));
    const dimensions = dimensionsOf(table).map((dimension) => typed('DIMENSIONS', dimension));
    return {
      ...table,
      dimensions: dimensions.filter((dimension) => !isTime(dimension)),
      time_dimensions: dimensions.filter(isTime),
      facts: (table.facts ?? []).map((fact) => typed('FACTS', fact)),
    };
  });
  for (const metric of model.metrics ?? []) typeOf('METRICS', identifier(metric.name));
  return { ...model, tables };
}

const isTime = ({ data_type: type }: SemanticDimension) => /^(?:DATE|TIMESTAMP)/.test(type ?? '');
