import { everythingOf } from '@snowflow/nodes/kit/needed';
import type { Needed, Relation } from '@snowflow/nodes/kit/sql-node';
import type { LiveNode, LiveRelations } from './live-relations';

/** By relation: what the nodes behind it in the same statement need. Of a relation that is absent nothing is. */
export type RelationsNeeded = ReadonlyMap<Relation, Needed>;

/** Asks the nodes from the statement's end upwards what they need of those before them. */
export function relationsNeeded({ nodes }: LiveRelations, ofEnd: Relation, atEnd: Needed): RelationsNeeded {
  const all = new Map<Relation, Needed>();
  add(all, ofEnd, atEnd);
  for (const live of nodes.toReversed()) {
    const needed = all.get(live.relation);
    if (!needed) continue;
    const ofInputs = inputsNeeded(live, needed);
    for (const [port, relations] of Object.entries(live.inputs)) {
      relations.forEach((input, index) => {
        if (input) add(all, input, ofInputs[port]?.[index] ?? everythingOf(input));
      });
    }
  }
  return all;
}

function inputsNeeded({ composer, node, inputs, relation }: LiveNode, needed: Needed) {
  return composer.columnsNeeded?.(node.config, inputs, { columns: relation.columns, needed }) ?? {};
}

/** A relation has at least one column, and an order its own. */
function add(all: Map<Relation, Needed>, relation: Relation, { columns, order }: Needed): void {
  const before = all.get(relation);
  const names = new Set([...(before?.columns ?? []), ...columns]);
  if (order) relation.order.forEach(({ column }) => names.add(column));
  const [first] = relation.columns;
  if (names.size === 0 && first) names.add(first.name);
  all.set(relation, { columns: names, order: order || (before?.order ?? false) });
}
