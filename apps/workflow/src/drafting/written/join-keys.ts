import type { VisibleSource } from '../visible-source';

/** The columns by which two sources are joined where nobody says: the one pair of keys of the same name, prefixes such as `O_` aside. */
export function joinKeys(
  left: VisibleSource['columns'],
  right: VisibleSource['columns'],
): { left: string; right: string } | undefined {
  const pairs = left.flatMap((one) =>
    right
      .filter((other) => bare(one.name) === bare(other.name))
      .map((other) => ({ left: one.name, right: other.name })),
  );
  const keys = pairs.filter(({ left: name }) => /(KEY|ID)$/i.test(name));
  const [first, ...more] = keys.length > 0 ? keys : pairs;
  return more.length === 0 ? first : undefined;
}

const bare = (name: string) => name.toUpperCase().replace(/^[A-Z]{1,2}_/, '');
