import type { Row } from '../../bench/report';

/** What a part came to: whether it holds, and the lines that say so. */
export interface PartOutcome {
  isGood: boolean;
  rows: Row[];
}

/** One question of `npm run security`; what it is asked with stands behind its name on the command line. */
export interface Part {
  title: string;
  run(args: readonly string[]): Promise<PartOutcome>;
}

/** A line that is held against a bar. */
export const barred = (what: string, count: number, seen = ''): Row => ({
  what,
  value: String(count),
  compared: ['bar: 0', seen].filter(Boolean).join('; '),
});

/** Things by a word of theirs. */
export function grouped<Thing>(things: readonly Thing[], by: (thing: Thing) => string): Map<string, Thing[]> {
  const groups = new Map<string, Thing[]>();
  for (const thing of things) groups.set(by(thing), [...(groups.get(by(thing)) ?? []), thing]);
  return groups;
}
