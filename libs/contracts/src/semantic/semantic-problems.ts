import type { SemanticModel, SemanticTable } from './semantic-model';
import { dimensionsOf, holdKey, sameName, tableNamed } from './semantic-names';

/** A place in a model, as its parser and its checks name it. */
export type SemanticPath = readonly (string | number)[];

/** What is wrong at a place of a model, and what to do about it. */
export interface SemanticFault {
  path: SemanticPath;
  message: string;
  /** A warning does not keep the model from being used. */
  severity: 'error' | 'warning';
}

const fault = (path: SemanticPath, message: string): SemanticFault => ({ path, message, severity: 'error' });

/** What the parts of a model say of each other: names that are taken twice, relationships that lead nowhere or to many rows. */
export function modelFaults(model: SemanticModel): SemanticFault[] {
  return [
    ...repeated(model.tables, ['tables'], 'table'),
    ...model.tables.flatMap((table, index) => tableFaults(table, ['tables', index])),
    ...repeated(model.metrics ?? [], ['metrics'], 'metric'),
    ...repeated(model.verified_queries ?? [], ['verified_queries'], 'verified query'),
    ...relationshipFaults(model),
  ];
}

function repeated(items: readonly { name?: string }[], path: SemanticPath, kind: string): SemanticFault[] {
  return items.flatMap(({ name }, index) => {
    const first = items.findIndex((item) => name && item.name && sameName(item.name, name));
    return first < 0 || first === index
      ? []
      : [fault([...path, index, 'name'], `There is another ${kind} called ${name}; give one of them another name`)];
  });
}

/** Dimensions, facts and metrics of a table share their names: an expression tells them apart by nothing else. */
function tableFaults(table: SemanticTable, path: SemanticPath): SemanticFault[] {
  const lists = ['dimensions', 'time_dimensions', 'facts', 'metrics', 'filters'] as const;
  const all = lists.flatMap((list) =>
    (table[list] ?? []).map(({ name }, index) => ({ name, path: [...path, list, index, 'name'] as SemanticPath })),
  );
  return all.flatMap((item, index) => {
    const first = all.findIndex(({ name }) => sameName(name, item.name));
    return first === index
      ? []
      : [fault(item.path, `${table.name} has another part called ${item.name}; give one of them another name`)];
  });
}

function relationshipFaults(model: SemanticModel): SemanticFault[] {
  const relationships = model.relationships ?? [];
  return [
    ...repeated(relationships, ['relationships'], 'relationship'),
    ...relationships.flatMap((relationship, index) => {
      const path = ['relationships', index];
      const { left_table: left, right_table: right, relationship_columns: pairs } = relationship;
      const unknown = (['left_table', 'right_table'] as const).filter((side) => !tableNamed(model, relationship[side]));
      if (unknown.length > 0) {
        return unknown.map((side) =>
          fault([...path, side], `The model has no table ${relationship[side]}; it has ${names(model)}`),
        );
      }
      if (sameName(left, right)) {
        return [
          fault([...path, 'right_table'], `${right} relates to itself; add the table a second time under another name`),
        ];
      }
      const target = tableNamed(model, right);
      return target &&
        !holdKey(
          target,
          pairs.map(({ right_column: column }) => column),
        )
        ? [
            fault(
              [...path, 'relationship_columns'],
              `Each row of ${left} must meet at most one of ${right}: say which columns are the primary_key of ${right}`,
            ),
          ]
        : [];
    }),
  ];
}

const names = (model: SemanticModel) => model.tables.map(({ name }) => name).join(', ');

/** Whether a model has anything to ask for. */
export const isEmpty = (model: SemanticModel): boolean =>
  model.tables.every((table) => dimensionsOf(table).length === 0 && (table.metrics ?? []).length === 0);
