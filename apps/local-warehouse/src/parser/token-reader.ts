import { syntaxError, unsupported, type SourcePosition, type WarehouseError } from '../statements/warehouse-error';
import type { Name } from './expression-tree';
import type { Token } from './token';
import { tokenize } from './tokenize';

/** Words that end an expression or a source, so that they are no alias without AS. */
const reserved = new Set(
  (
    'SELECT FROM WHERE GROUP HAVING QUALIFY ORDER LIMIT OFFSET FETCH UNION INTERSECT EXCEPT MINUS ON USING JOIN INNER LEFT ' +
    'RIGHT FULL CROSS NATURAL ASOF LATERAL AND OR NOT IN IS LIKE ILIKE RLIKE REGEXP BETWEEN AS CASE WHEN THEN ELSE END ' +
    'WITH VALUES SET INTO DISTINCT ALL ANY EXISTS NULL TRUE FALSE CAST TRY_CAST BY OVER WITHIN PIVOT UNPIVOT SAMPLE ' +
    'TABLESAMPLE MATCH_CONDITION CONNECT START ASC DESC NULLS ROWS RANGE FOR TABLE CREATE DROP INSERT UPDATE DELETE MERGE'
  ).split(' '),
);
/** Reserved words that may still name a function. */
const callable = new Set(['LEFT', 'RIGHT', 'INSERT', 'LIKE', 'ILIKE', 'RLIKE', 'REGEXP', 'CAST', 'TRY_CAST', 'VALUES']);

/** Reads a statement token by token; every grammar part builds on it. */
export class TokenReader {
  protected readonly tokens: readonly Token[];
  protected index = 0;

  constructor(protected readonly sql: string) {
    this.tokens = tokenize(sql);
  }

  protected get token(): Token {
    return this.ahead(0);
  }

  protected ahead(count: number): Token {
    const token = this.tokens[Math.min(this.index + count, this.tokens.length - 1)];
    if (!token) throw new Error('A statement has at least its end');
    return token;
  }

  protected next(): Token {
    const token = this.token;
    this.index++;
    return token;
  }

  /** What stood between two places of the statement, as it was written. */
  protected textFrom(start: Token): string {
    return this.sql.slice(start.start, this.tokens[this.index - 1]?.end ?? start.start);
  }

  /** Whether these words or symbols stand here, one after the other. */
  protected at(...texts: string[]): boolean {
    return texts.every((text, offset) => {
      const token = this.ahead(offset);
      return token.text === text && (token.kind === 'word' || token.kind === 'symbol');
    });
  }

  protected take(...texts: string[]): boolean {
    if (!this.at(...texts)) return false;
    this.index += texts.length;
    return true;
  }

  protected takeOneOf(...texts: string[]): string | undefined {
    return texts.find((text) => this.take(text));
  }

  protected expect(...texts: string[]): void {
    for (const text of texts) if (!this.take(text)) throw this.unexpected();
  }

  protected unexpected(token: Token = this.token): WarehouseError {
    return syntaxError(`unexpected '${token.source}'`, token.at);
  }

  protected refuse(feature: string, at: SourcePosition = this.token.at): WarehouseError {
    return unsupported(feature, at);
  }

  protected commaSeparated<T>(read: () => T): T[] {
    const items = [read()];
    while (this.take(',')) items.push(read());
    return items;
  }

  protected inParentheses<T>(read: () => T): T {
    this.expect('(');
    const value = read();
    this.expect(')');
    return value;
  }

  protected isName(token: Token = this.token): boolean {
    return token.kind === 'quoted' || (token.kind === 'word' && !reserved.has(token.text));
  }

  protected isFunctionName(): boolean {
    const { kind, text } = this.token;
    return kind === 'word' && (!reserved.has(text) || callable.has(text)) && this.ahead(1).text === '(';
  }

  protected name(): Name {
    if (!this.isName()) throw this.unexpected();
    return this.anyName();
  }

  /** A name where no keyword could stand, such as after a dot or AS. */
  protected anyName(): Name {
    const token = this.next();
    if (token.kind !== 'quoted' && token.kind !== 'word') throw this.unexpected(token);
    return { text: token.text, quoted: token.kind === 'quoted', at: token.at };
  }

  /** One to three names with dots between; `db..table` means its PUBLIC schema. */
  protected qualifiedName(): Name[] {
    if (this.at('IDENTIFIER', '(')) return this.identifierFunction();
    const names = [this.name()];
    while (this.take('.')) {
      if (this.at('.')) names.push({ text: 'PUBLIC', quoted: false, at: this.token.at });
      else names.push(this.anyName());
    }
    return names;
  }

  private identifierFunction(): Name[] {
    this.expect('IDENTIFIER', '(');
    const token = this.next();
    if (token.kind !== 'string') throw this.refuse('IDENTIFIER() of anything but a string literal', token.at);
    this.expect(')');
    const names = (token.text.match(/"(?:[^"]|"")+"|[^.]+/g) ?? []).map((part): Name => ({
      text: part.startsWith('"') ? part.slice(1, -1).replaceAll('""', '"') : part.toUpperCase(),
      quoted: part.startsWith('"'),
      at: token.at,
    }));
    if (names.length === 0) throw this.unexpected(token);
    return names;
  }

  protected stringLiteral(): string {
    const token = this.next();
    if (token.kind !== 'string') throw this.unexpected(token);
    return token.text;
  }

  protected wholeNumber(): number {
    const token = this.next();
    if (token.kind !== 'number' || !/^\d+$/.test(token.text)) throw this.unexpected(token);
    return Number(token.text);
  }
}
