import { sameJson } from './same-json';

export type Side = 'mine' | 'theirs';
/** Which side is taken, by the key of a conflict. */
export type Choices = ReadonlyMap<string, Side>;

/** What both sides changed; a side that has it no more is undefined. */
export interface MergeConflict {
  /** Unique in a merge: `<kind>:<id>`. */
  key: string;
  kind: 'field' | 'parameter' | 'node' | 'edge' | 'note' | 'group';
  id: string;
  base?: unknown;
  mine?: unknown;
  theirs?: unknown;
}

interface HowToMerge<Item> {
  key: (item: Item) => string;
  choices: Choices;
  /** What of an item counts as changed; without it all does. */
  compared?: (item: Item) => unknown;
  /** Items have a place, which is merged by itself. */
  placed?: boolean;
  /** The side that an item goes with which only one side has. */
  kept?: (item: Item) => Side | undefined;
}

/** A merged list, which side each item is from where only one has it so, and which was chosen in conflicts. */
export interface MergedList<Item> {
  items: Item[];
  from: ReadonlyMap<string, Side>;
  chosen: ReadonlyMap<string, Side>;
  conflicts: MergeConflict[];
}

/** Merges lists whose items have a key. */
export function mergeKeyed<Item extends object>(
  kind: MergeConflict['kind'],
  base: readonly Item[],
  mine: readonly Item[],
  theirs: readonly Item[],
  how: HowToMerge<Item>,
): MergedList<Item> {
  const keyed = (items: readonly Item[]) => new Map(items.map((item) => [how.key(item), item]));
  const [was, my, their] = [keyed(base), keyed(mine), keyed(theirs)];
  const merged = new Map<string, Item>();
  const [from, chosen] = [new Map<string, Side>(), new Map<string, Side>()];
  const conflicts: MergeConflict[] = [];
  const isSame = (a: Item | undefined, b: Item | undefined) =>
    a === undefined || b === undefined ? a === b : sameJson(how.compared?.(a) ?? a, how.compared?.(b) ?? b);
  for (const id of orderOf([...was.keys()], [...my.keys()], [...their.keys()])) {
    const [old, one, other] = [was.get(id), my.get(id), their.get(id)];
    const key = `${kind}:${id}`;
    let side: Side | undefined;
    if (isSame(one, other)) side = undefined;
    else if (isSame(old, other)) side = 'mine';
    else if (isSame(old, one)) side = 'theirs';
    else {
      side = how.choices.get(key) ?? 'mine';
      chosen.set(id, side);
      conflicts.push({ key, kind, id, base: old, mine: one, theirs: other });
    }
    const only = one ?? other;
    if (only !== undefined && (one === undefined) !== (other === undefined)) side = how.kept?.(only) ?? side;
    const taken = side === 'theirs' ? other : one;
    if (side) from.set(id, side);
    if (taken) merged.set(id, how.placed ? placedAs(taken, old, one, other) : taken);
  }
  return { items: [...merged.values()], from, chosen, conflicts };
}

/** The keys of all three in the order of who changed it; what both added comes last, in one order whoever merges. */
function orderOf(base: string[], mine: string[], theirs: string[]): string[] {
  if (sameJson(base, theirs)) return [...new Set([...mine, ...base])];
  if (sameJson(base, mine)) return [...new Set([...theirs, ...base])];
  if (sameJson(mine, theirs)) return [...new Set([...mine, ...base])];
  const known = new Set(base);
  const kept = (keys: string[]) => keys.filter((key) => known.has(key));
  const rest = (keys: string[]) => base.filter((key) => keys.includes(key));
  const reordered = sameJson(kept(mine), rest(mine)) ? kept(theirs) : kept(mine);
  const added = [...mine, ...theirs].filter((key) => !known.has(key)).sort();
  return [...new Set([...reordered, ...base, ...added])];
}

/** Where I moved it to, else where they did. */
function placedAs<Item extends object>(
  taken: Item,
  old: Item | undefined,
  mine: Item | undefined,
  theirs: Item | undefined,
): Item {
  if (!mine || !theirs) return taken;
  const source = old && sameJson(placeOf(old), placeOf(mine)) ? theirs : mine;
  return { ...taken, ...placeOf(source) };
}

function placeOf(item: object): object {
  return {
    ...('position' in item ? { position: item.position } : {}),
    ...('size' in item && item.size !== undefined ? { size: item.size } : {}),
  };
}
