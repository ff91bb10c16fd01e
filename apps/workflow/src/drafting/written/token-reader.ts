import type { Token } from './request-tokens';

/** Reads the pieces of a request from left to right. */
export class TokenReader {
  private at = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  get isAtEnd(): boolean {
    return this.at >= this.tokens.length;
  }

  peek(ahead = 0): Token | undefined {
    return this.tokens[this.at + ahead];
  }

  next(): Token | undefined {
    return this.tokens[this.at++];
  }

  /** Takes the next piece where it is one of these words. */
  word(...words: string[]): string | undefined {
    const low = this.peek()?.low;
    if (low === undefined || !words.includes(low)) return undefined;
    this.at += 1;
    return low;
  }

  /** Takes words in a row, all of them or none. */
  phrase(phrase: string): boolean {
    const words = phrase.split(' ');
    const isThere = words.every((word, index) => this.peek(index)?.low === word);
    if (isThere) this.at += words.length;
    return isThere;
  }

  name(isMeant: (text: string) => boolean = () => true): string | undefined {
    const token = this.peek();
    if (token?.kind !== 'name' || !isMeant(token.text)) return undefined;
    this.at += 1;
    return token.text;
  }

  number(): number | undefined {
    const token = this.peek();
    if (token?.kind !== 'number' || !/^\d+$/.test(token.value)) return undefined;
    this.at += 1;
    return Number(token.value);
  }

  /** Reads, or stays where it was. */
  attempt<T>(read: () => T | undefined): T | undefined {
    const start = this.at;
    const found = read();
    if (found === undefined) this.at = start;
    return found;
  }

  /** One or more, with commas or "and" between them. */
  list<T>(read: () => T | undefined): T[] {
    const items: T[] = [];
    for (;;) {
      const item = this.attempt(() => {
        if (items.length > 0 && !this.separator()) return undefined;
        return read();
      });
      if (item === undefined) return items;
      items.push(item);
    }
  }

  private separator(): boolean {
    const comma = this.word(',') !== undefined;
    return this.word('and') !== undefined || comma;
  }
}
