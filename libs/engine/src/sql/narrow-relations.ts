import type { SqlFragment } from '@snowflow/nodes/kit/sql/sql-fragment';
import { pickedQuery } from '@snowflow/nodes/kit/relations';
import type { Needed, Picked, Relation } from '@snowflow/nodes/kit/sql-node';
import type { DeclaredValue } from '../validate/declared-values';
import type { LiveNode, LiveRelations } from './live-relations';
import { relationsNeeded } from './relations-needed';

/** The queries of a statement in order, each with its name, and the relation at its end. */
export interface NamedQueries {
  named: { name: string; query: SqlFragment }[];
  ofEnd: Relation;
}

/**
 * Composes a statement of what its end needs: each query gives the columns that later ones read, and one that nothing reads is left out.
 * Picks of rows and columns that follow each other are one query. Of the end itself all that is needed is there, under the same names as ever.
 */
export function narrowRelations(
  live: LiveRelations,
  ofEnd: Relation,
  atEnd: Needed,
  parameters: DeclaredValue[],
): NamedQueries {
  const all = relationsNeeded(live, ofEnd, atEnd);
  const nodes = live.nodes.filter(({ relation }) => all.has(relation));
  const readers = countReaders(nodes, ofEnd);
  const narrow = new Map<Relation, Relation>();
  const picks = new Map<Relation, Picked>();
  const named = new Map<Relation, SqlFragment>();
  const narrowed = (relation: Relation | undefined) => relation && (narrow.get(relation) ?? relation);
  for (const { node, composer, inputs, relation } of nodes) {
    const { columns } = relation;
    const reaching = Object.fromEntries(Object.entries(inputs).map(([port, list]) => [port, list.map(narrowed)]));
    const needed = composer.columnsNeeded ? all.get(relation) : undefined;
    const composed = composer.compose(node.config, reaching, { columns, parameters, ...(needed ? { needed } : {}) });
    const { query, picked, hidden = [], order = [] } = composed;
    narrow.set(relation, { ...relation, hidden, order });
    const [input] = picked ? Object.values(inputs).flat() : [];
    const before = input && readers.get(input) === 1 ? picks.get(input) : undefined;
    const joined = picked && before ? pickedQuery(asOne(before, picked)) : { query, picked };
    if (before) named.delete(input as Relation);
    named.set(relation, joined.query);
    if (joined.picked) picks.set(relation, joined.picked);
  }
  return {
    named: nodes.flatMap(({ name, relation }) => {
      const query = named.get(relation);
      return query ? [{ name, query }] : [];
    }),
    ofEnd: narrow.get(ofEnd) ?? ofEnd,
  };
}

/** A query for each node with all of its columns. */
export function wholeQueries({ nodes }: LiveRelations, parameters: DeclaredValue[]): NamedQueries['named'] {
  return nodes.map(({ name, node, composer, inputs, relation: { columns } }) => ({
    name,
    query: composer.compose(node.config, inputs, { columns, parameters }).query,
  }));
}

/** What a pick picks of what another one before it picked. */
const asOne = (before: Picked, after: Picked): Picked => ({
  ...before,
  columns: after.columns,
  where: [...before.where, ...after.where],
});

function countReaders(nodes: readonly LiveNode[], ofEnd: Relation): ReadonlyMap<Relation, number> {
  const readers = new Map<Relation, number>([[ofEnd, 1]]);
  for (const input of nodes.flatMap(({ inputs }) => Object.values(inputs).flat())) {
    if (input) readers.set(input, (readers.get(input) ?? 0) + 1);
  }
  return readers;
}
