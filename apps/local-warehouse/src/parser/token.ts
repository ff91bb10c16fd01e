import type { SourcePosition } from '../statements/warehouse-error';

export type TokenKind = 'word' | 'quoted' | 'string' | 'number' | 'symbol' | 'bind' | 'variable' | 'end';

/** A piece of a statement. `text` is what it means: upper-cased words, strings without quotes and with escapes resolved. */
export interface Token {
  kind: TokenKind;
  text: string;
  /** As it was written. */
  source: string;
  at: SourcePosition;
  start: number;
  end: number;
}
