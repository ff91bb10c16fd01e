import type { SqlFragment } from '@snowflow/nodes/kit/sql/sql-fragment';
import type { Needed, Relation } from '@snowflow/nodes/kit/sql-node';
import type { DeclaredValue } from '../validate/declared-values';
import type { LiveRelations } from './live-relations';
import { relationsNeeded } from './relations-needed';

/** The queries of a statement in order, each with its name, and the relation at its end. */
export interface NamedQueries {
  named: { name: string; query: SqlFragment }[];
  ofEnd: Relation;
}

/**
 * Composes a statement of what its end needs: each query gives the columns that later ones read, and one that nothing reads is left out.
 * Of the end itself all that is needed is there, under the same names as ever.
 */
export function narrowRelations(
  live: LiveRelations,
  ofEnd: Relation,
  atEnd: Needed,
  parameters: DeclaredValue[],
): NamedQueries {
  const all = relationsNeeded(live, ofEnd, atEnd);
  const narrow = new Map<Relation, Relation>();
  const named: NamedQueries['named'] = [];
  const narrowed = (relation: Relation | undefined) => relation && (narrow.get(relation) ?? relation);
  for (const { name, node, composer, inputs, relation } of live.nodes) {
    const needed = all.get(relation);
    if (!needed) continue;
    const { columns } = relation;
    const reaching = Object.fromEntries(Object.entries(inputs).map(([port, list]) => [port, list.map(narrowed)]));
    const context = { columns, parameters, ...(composer.columnsNeeded ? { needed } : {}) };
    const { query, hidden = [], order = [] } = composer.compose(node.config, reaching, context);
    named.push({ name, query });
    narrow.set(relation, { ...relation, hidden, order });
  }
  return { named, ofEnd: narrow.get(ofEnd) ?? ofEnd };
}
