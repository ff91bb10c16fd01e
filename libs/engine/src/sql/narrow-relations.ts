import type { SqlFragment } from '@snowflow/nodes/kit/sql/sql-fragment';
import { pickOf } from '@snowflow/nodes/kit/relations';
import type { ComposedQuery, Needed, Relation } from '@snowflow/nodes/kit/sql-node';
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
  const queries = new Map<Relation, ComposedQuery>();
  const narrowed = (relation: Relation | undefined) => relation && (narrow.get(relation) ?? relation);
  for (const { node, composer, inputs, relation } of nodes) {
    const { columns } = relation;
    const reaching = Object.fromEntries(Object.entries(inputs).map(([port, list]) => [port, list.map(narrowed)]));
    const needed = composer.columnsNeeded ? all.get(relation) : undefined;
    const composed = composer.compose(node.config, reaching, { columns, parameters, ...(needed ? { needed } : {}) });
    const { hidden = [], order = [] } = composed;
    narrow.set(relation, { ...relation, hidden, order });
    const [input] = composed.picked ? Object.values(inputs).flat() : [];
    const joined = input && readers.get(input) === 1 ? asOne(queries.get(input), composed) : undefined;
    if (joined && input) queries.delete(input);
    queries.set(relation, joined ?? composed);
  }
  const named = nodes.flatMap(({ name, relation }) => {
    const composed = queries.get(relation);
    return composed ? [{ name, query: composed.query }] : [];
  });
  return { named, ofEnd: narrow.get(ofEnd) ?? ofEnd };
}

/** A query for each node with all of its columns. */
export function wholeQueries({ nodes }: LiveRelations, parameters: DeclaredValue[]): NamedQueries['named'] {
  return nodes.map(({ name, node, composer, inputs, relation: { columns } }) => ({
    name,
    query: composer.compose(node.config, inputs, { columns, parameters }).query,
  }));
}

/** Where both only pick: what the second picks of what the first picked. */
function asOne(first: ComposedQuery | undefined, { picked }: ComposedQuery): ComposedQuery | undefined {
  const before = first?.picked;
  if (!before || !picked) return undefined;
  return pickOf({ from: before.from, columns: picked.columns, where: [...before.where, ...picked.where] });
}

function countReaders(nodes: readonly LiveNode[], ofEnd: Relation): ReadonlyMap<Relation, number> {
  const readers = new Map<Relation, number>([[ofEnd, 1]]);
  for (const input of nodes.flatMap(({ inputs }) => Object.values(inputs).flat())) {
    if (input) readers.set(input, (readers.get(input) ?? 0) + 1);
  }
  return readers;
}
