import type { Column } from '@snowflow/contracts/documents/column';
import { readTokens, SqlToken } from './sql-tokens';

const OPENS_A_STAR = new Set(['(', ',', '.', '{', 'DISTINCT', 'ALL']);

/**
 * The columns that an expression may read, by its words alone: a word that is a column's name in any case counts, wherever it stands. A
 * `*` that multiplies nothing (`HASH(*)`) reads them all; in `COUNT(*)` it reads none.
 */
export function columnsNamed(text: string, columns: readonly Column[]): string[] {
  const tokens = readTokens(text).filter(({ kind }) => kind !== 'space');
  const names = columns.map((column) => column.name);
  if (tokens.some((_, index) => isStar(tokens, index))) return names;
  const words = new Set(tokens.flatMap((token) => nameOf(token) ?? []));
  return names.filter((name) => words.has(name.toUpperCase()));
}

function isStar(tokens: readonly SqlToken[], index: number): boolean {
  const word = (at: number) => tokens[at]?.text.toUpperCase() ?? '(';
  if (word(index) !== '*' || !OPENS_A_STAR.has(word(index - 1))) return false;
  return !(word(index - 1) === '(' && word(index - 2) === 'COUNT' && word(index + 1) === ')');
}

function nameOf({ kind, text }: SqlToken): string | undefined {
  if (kind === 'word') return text.toUpperCase();
  return kind === 'quoted' ? text.slice(1, -1).replaceAll('""', '"').toUpperCase() : undefined;
}
