import { neededOf } from '../kit/needed';
import { columnList, namesOf } from '../kit/relations';
import { sql } from '../kit/sql/sql-fragment';
import type { SqlNode } from '../kit/sql-node';
import { semanticFragment } from './semantic-fragment';
import type { SourceSemanticConfig } from './source-semantic.definition';

/** The whole question as a subquery: which dimensions stand in it decides what its rows are. */
export const sourceSemanticSql: SqlNode<SourceSemanticConfig> = {
  type: 'source.semantic',
  compose: (config, _inputs, { columns, parameters, needed }) => ({
    query: sql`SELECT ${columnList(namesOf(neededOf(columns, needed)))} FROM (${semanticFragment(config, parameters)})`,
  }),
  columnsNeeded: () => ({}),
};
