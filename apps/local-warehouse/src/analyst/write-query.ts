import type { SemanticModel } from '@snowflow/contracts/semantic/semantic-model';
import { dimensionsOf, sameName } from '@snowflow/contracts/semantic/semantic-names';
import { identifier, text } from '../engine/quote';
import { rewrite } from '../semantic/semantic-expression';
import type { Condition, Grouped, Reading } from './reading';
import type { Span } from './time-phrases';

const written = (name: string) => (/^[A-Z_][A-Z0-9_$]*$/.test(name) ? name : identifier(name));
const member = (table: { name: string }, part: { name: string }) => `${written(table.name)}.${written(part.name)}`;

/** The SELECT that a reading is, over a semantic view. */
export function writeQuery(reading: Reading, view: readonly string[]): string {
  const { metrics, groups, conditions, having, rank } = reading;
  const lists = [
    groups.length === 0 ? '' : `DIMENSIONS ${groups.map(groupText).join(', ')}`,
    metrics.length === 0
      ? ''
      : `METRICS ${metrics.map(({ table, metric }) => (table ? member(table, metric) : written(metric.name))).join(', ')}`,
    conditions.length === 0 ? '' : `WHERE ${conditions.map(conditionText).join(' AND ')}`,
  ].filter(Boolean);
  const after = having.map(({ metric, comparison, number }) => `${written(metric.name)} ${comparison} ${number}`);
  return [
    `SELECT * FROM SEMANTIC_VIEW(\n  ${view.map(written).join('.')}\n  ${lists.join('\n  ')}\n)`,
    after.length === 0 ? '' : `WHERE ${after.join(' AND ')}`,
    orderText(reading),
    rank?.limit === undefined ? '' : `LIMIT ${rank.limit}`,
  ]
    .filter(Boolean)
    .join('\n');
}

/** What a column of the answer is called. */
const groupName = ({ dimension, grain }: Grouped) =>
  grain ? `${dimension.name.replace(/_DATE$/, '')}_${grain.toUpperCase()}` : dimension.name;

function groupText(group: Grouped): string {
  const name = member(group.table, group.dimension);
  if (!group.grain) return name;
  const value = group.grain === 'year' ? `YEAR(${name})` : `DATE_TRUNC('${group.grain.toUpperCase()}', ${name})`;
  return `${value} AS ${written(groupName(group))}`;
}

function conditionText(condition: Condition): string {
  const { table } = condition;
  switch (condition.kind) {
    case 'compare':
      return `${member(table, condition)} ${condition.comparison} ${condition.number}`;
    case 'filter':
      return `(${rewrite(condition.expr, (parts) => {
        const part =
          parts.length === 1
            ? [...dimensionsOf(table), ...(table.facts ?? [])].find(({ name }) => sameName(name, parts[0] ?? ''))
            : undefined;
        return part && member(table, part);
      })})`;
    case 'values': {
      const name = member(table, condition.dimension);
      const values = condition.values.map((value) => text(value));
      return values.length === 1 ? `${name} = ${values[0]}` : `${name} IN (${values.join(', ')})`;
    }
    case 'spans': {
      const spans = condition.spans.map((span) => spanText(member(table, condition.dimension), span));
      return spans.length === 1 ? (spans[0] ?? '') : `(${spans.map((span) => `(${span})`).join(' OR ')})`;
    }
  }
}

function spanText(name: string, { from, to }: Span): string {
  return [from && `${name} >= DATE '${from}'`, to && `${name} < DATE '${to}'`].filter(Boolean).join(' AND ');
}

/** A ranking by its metric; times in their order; else the largest first. Names settle what is equal. */
function orderText({ groups, metrics, rank }: Reading): string {
  if (groups.length === 0) return '';
  const names = groups.map((group) => written(groupName(group)));
  const metric = rank ? metrics.at(-1)?.metric : metrics[0]?.metric;
  const isTime = groups.some(({ grain }) => grain);
  const measured =
    metric && (rank || !isTime)
      ? [`${written(metric.name)} ${rank?.descending === false ? 'ASC' : 'DESC'} NULLS LAST`]
      : [];
  return `ORDER BY ${[...measured, ...names].join(', ')}`;
}

/** How the question was understood, for the person to check. */
export function interpretation({ metrics, groups, conditions, having, rank }: Reading, model: SemanticModel): string {
  const spoken = (name: string) => name.replaceAll('_', ' ').toLowerCase();
  const parts = [
    metrics.map(({ metric }) => spoken(metric.name)).join(' and ') || 'the values',
    groups.length === 0 ? '' : `by ${groups.map((group) => spoken(groupName(group))).join(' and ')}`,
    conditions.length === 0 ? '' : `where ${conditions.map(conditionText).join(' and ')}`,
    having.map(({ metric, comparison, number }) => `with ${spoken(metric.name)} ${comparison} ${number}`).join(' and '),
    rank ? `the ${rank.limit ?? ''} ${rank.descending ? 'highest' : 'lowest'}` : '',
  ];
  return `Read in ${model.name} as: ${parts.filter(Boolean).join(', ')}.`;
}
