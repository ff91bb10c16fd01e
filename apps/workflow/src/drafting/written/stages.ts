import type { WrittenCondition, WrittenMeasure, Phrases } from './phrases';
import type { KnownColumns } from './known-columns';

/** A node that is drawn after the one before it. */
export interface Stage {
  type: string;
  config: Record<string, unknown>;
}

/** The steps that phrases come to, in the order of a query: filter, aggregate, filter of groups, distinct or columns, sort, limit. */
export function stagesOf(phrases: Phrases, columns: KnownColumns): Stage[] {
  const { conditions, match, groupBy, measures, sort, rows, ranked, distinct } = phrases;
  const isOfRows = ({ column }: WrittenCondition) => measures.length === 0 || columns.has(column) !== undefined;
  const ofGroups = conditions.filter((one) => !isOfRows(one));
  const stages: Stage[] = [...filterStage(conditions.filter(isOfRows), match, columns)];
  if (measures.length > 0) {
    stages.push(aggregateStage(groupBy, measures, columns));
    stages.push(...filterStage(ofGroups, match, columns));
  } else if (groupBy.length > 0) {
    columns.missing.push(`“by ${groupBy.join(', ')}” has nothing to measure or to sort with it`);
  }
  const chosen = columns.names(phrases.columns);
  if (distinct) stages.push({ type: 'shape.distinct', config: chosen.length > 0 ? { columns: chosen } : {} });
  else if (chosen.length > 0) {
    stages.push({ type: 'shape.select', config: { columns: chosen.map((column) => ({ column })) } });
  }
  if (chosen.length > 0) columns.become(columns.all.filter(({ name }) => chosen.includes(name)));
  stages.push(...sortStage(sort, columns));
  const first = measures[0];
  if (ranked && sort.length === 0 && first) stages.push(...sortStage([{ column: first, direction: ranked }], columns));
  else if (ranked && sort.length === 0) columns.missing.push('“top” without “by” says no order: any rows are kept');
  if (rows !== undefined) stages.push({ type: 'shape.limit', config: { rows } });
  return stages;
}

function filterStage(conditions: readonly WrittenCondition[], match: 'all' | 'any', columns: KnownColumns): Stage[] {
  const kept = conditions.flatMap(({ column: written, operator, values }) => {
    const column = columns.find(written);
    if (!column) return [];
    const isNumeric = /^(NUMBER|FLOAT|DECIMAL|INT|DOUBLE|REAL)/i.test(column.type);
    const isBoolean = /^BOOLEAN/i.test(column.type);
    const [one, ...more] = values.map(({ text, isNumber }) => {
      if (isBoolean && /^(true|false)$/i.test(text)) return text.toLowerCase() === 'true';
      return isNumber && (isNumeric || column.type === '') ? Number(text) : text;
    });
    if (one === undefined) return [{ column: column.name, operator }];
    const isList = operator === 'in' || operator === 'notIn' || operator === 'between';
    return [{ column: column.name, operator, value: isList ? [one, ...more] : one }];
  });
  if (kept.length === 0) return [];
  return [{ type: 'shape.filter', config: { match, conditions: kept } }];
}

function aggregateStage(groupBy: readonly string[], written: readonly WrittenMeasure[], columns: KnownColumns): Stage {
  const groups = columns.names([...new Set(groupBy)]);
  const measures = written.flatMap((measure) => {
    if (measure.column === undefined) return [{ function: measure.function, as: nameOf(measure) }];
    const column = columns.find(measure.column)?.name;
    return column === undefined ? [] : [{ function: measure.function, column, as: nameOf({ ...measure, column }) }];
  });
  const grouped = columns.all.filter(({ name }) => groups.includes(name));
  columns.become([...grouped, ...measures.map(({ as: name }) => ({ name, type: 'NUMBER' }))]);
  return { type: 'shape.aggregate', config: { groupBy: groups, measures } };
}

function sortStage(sort: Phrases['sort'], columns: KnownColumns): Stage[] {
  const by = sort.flatMap(({ column: key, direction }) => {
    const column = columns.find(typeof key === 'string' ? key : nameOf(key))?.name;
    return column === undefined ? [] : [{ column, direction }];
  });
  return by.length === 0 ? [] : [{ type: 'shape.sort', config: { by } }];
}

const PREFIX: Partial<Record<WrittenMeasure['function'], string>> = { countDistinct: 'DIFFERENT' };

/** The name of a measure that was given none. */
function nameOf({ function: name, column, as }: WrittenMeasure): string {
  if (as !== undefined) return /^"(.*)"$/.exec(as)?.[1] ?? as.toUpperCase();
  if (column === undefined) return 'NUMBER_OF_ROWS';
  return `${PREFIX[name] ?? name.toUpperCase()}_${column.toUpperCase()}`;
}
