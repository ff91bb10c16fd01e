import type { Call, Expression, Frame, FrameBound, OrderItem, TypeSyntax, WindowSpec } from './expression-tree';
import type { Query } from './query-tree';
import type { Token } from './token';
import { TokenReader } from './token-reader';

/** Function calls with all that may follow them, windows, sort orders and types. */
export abstract class CallParser extends TokenReader {
  protected abstract expression(): Expression;
  /** An expression that stops before IN and the comparisons. */
  protected abstract additive(): Expression;
  protected abstract query(): Query;
  protected abstract startsQuery(): boolean;

  protected emptyCall(name: string, start: Token): Call {
    return {
      t: 'call',
      name,
      args: [],
      named: new Map(),
      distinct: false,
      withinGroup: undefined,
      ignoreNulls: false,
      over: undefined,
      at: start.at,
      source: start.source,
    };
  }

  protected call(name: string, start: Token): Call {
    const call = this.emptyCall(name, start);
    this.expect('(');
    call.distinct = this.take('DISTINCT');
    this.take('ALL');
    this.callArguments(call);
    if (this.at('IGNORE', 'NULLS') || this.at('RESPECT', 'NULLS')) {
      call.ignoreNulls = this.next().text === 'IGNORE';
      this.next();
    }
    this.expect(')');
    if (this.take('WITHIN', 'GROUP')) call.withinGroup = this.inParentheses(() => this.orderBy());
    if (this.at('FILTER', '(')) throw this.refuse('FILTER');
    if (this.at('IGNORE', 'NULLS') || this.at('RESPECT', 'NULLS')) {
      call.ignoreNulls = this.next().text === 'IGNORE';
      this.next();
    }
    if (this.take('OVER')) call.over = this.windowSpec();
    call.source = this.textFrom(start);
    return call;
  }

  /** Arguments; some functions have words between theirs instead of commas. */
  private callArguments(call: Call): void {
    if (this.at(')')) return;
    if (call.name === 'EXTRACT' && this.ahead(1).text === 'FROM') {
      const part = this.next();
      this.expect('FROM');
      call.args.push({ t: 'string', value: part.text, at: part.at }, this.expression());
      return;
    }
    if (call.name === 'TRIM' && (this.at('BOTH') || this.at('LEADING') || this.at('TRAILING')))
      throw this.refuse('TRIM(BOTH …)');
    if (call.name === 'POSITION') {
      const needle = this.additive();
      call.args.push(needle);
      if (this.take('IN')) call.args.push(this.expression());
      else while (this.take(',')) call.args.push(this.expression());
      return;
    }
    do this.argument(call);
    while (this.take(','));
    for (const word of ['FROM', 'FOR']) if (/^SUBSTR(ING)?$/.test(call.name) && this.take(word)) this.argument(call);
  }

  private argument(call: Call): void {
    const named = this.token.kind === 'word' && this.ahead(1).text === '=>' ? this.next().text : undefined;
    if (named) this.expect('=>');
    const value: Expression =
      this.startsQuery() && !this.at('(')
        ? { t: 'subquery', query: this.query(), at: this.token.at }
        : this.expression();
    if (named) call.named.set(named, value);
    else call.args.push(value);
  }

  private windowSpec(): WindowSpec {
    return this.inParentheses(() => {
      const partitionBy = this.take('PARTITION', 'BY') ? this.commaSeparated(() => this.expression()) : [];
      const orderBy = this.take('ORDER', 'BY') ? this.orderItems() : [];
      return { partitionBy, orderBy, frame: this.frame() };
    });
  }

  private frame(): Frame | undefined {
    const unit = this.takeOneOf('ROWS', 'RANGE') as Frame['unit'] | undefined;
    if (!unit) return undefined;
    if (!this.take('BETWEEN')) return { unit, start: this.frameBound(), end: { kind: 'CURRENT ROW' } };
    const start = this.frameBound();
    this.expect('AND');
    return { unit, start, end: this.frameBound() };
  }

  private frameBound(): FrameBound {
    if (this.take('CURRENT', 'ROW')) return { kind: 'CURRENT ROW' };
    const unbounded = this.take('UNBOUNDED');
    const offset = unbounded ? undefined : this.additive();
    const side = this.takeOneOf('PRECEDING', 'FOLLOWING') as 'PRECEDING' | 'FOLLOWING' | undefined;
    if (!side) throw this.unexpected();
    return offset ? { kind: side, offset } : { kind: `UNBOUNDED ${side}` };
  }

  protected orderBy(): OrderItem[] {
    this.expect('ORDER', 'BY');
    return this.orderItems();
  }

  protected orderItems(): OrderItem[] {
    return this.commaSeparated(() => {
      const expression = this.expression();
      const descending = this.takeOneOf('ASC', 'DESC') === 'DESC';
      const nulls = this.take('NULLS') ? (this.takeOneOf('FIRST', 'LAST') as 'FIRST' | 'LAST' | undefined) : undefined;
      return { expression, descending, nulls };
    });
  }

  protected typeSyntax(): TypeSyntax {
    const start = this.next();
    if (start.kind !== 'word') throw this.unexpected(start);
    let name = start.text;
    if (name === 'DOUBLE') this.take('PRECISION');
    if (/^(CHAR|NCHAR)$/.test(name) && this.take('VARYING')) name = 'VARCHAR';
    const parameters = this.at('(') ? this.inParentheses(() => this.commaSeparated(() => this.wholeNumber())) : [];
    if (name === 'TIMESTAMP') name = this.timestampName();
    return { name, parameters, at: start.at };
  }

  private timestampName(): string {
    if (this.take('WITHOUT', 'TIME', 'ZONE')) return 'TIMESTAMP_NTZ';
    if (this.take('WITH', 'LOCAL', 'TIME', 'ZONE')) return 'TIMESTAMP_LTZ';
    return this.take('WITH', 'TIME', 'ZONE') ? 'TIMESTAMP_TZ' : 'TIMESTAMP';
  }
}
