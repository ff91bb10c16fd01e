import type { Call, Expression, Name } from './expression-tree';
import { ExpressionParser } from './expression-parser';
import type { Alias, FromItem, JoinKind, Sample, SemanticItem, SemanticRequest, Values } from './query-tree';

/** What stands in FROM: tables, joins, derived tables, table functions, PIVOT. */
export abstract class SourceParser extends ExpressionParser {
  protected sources(): FromItem {
    let left = this.joined();
    for (let at = this.token.at; this.take(','); at = this.token.at) {
      left = { ...noCondition, t: 'join', kind: 'CROSS', left, right: this.joined(), at };
    }
    return left;
  }

  protected joined(): FromItem {
    let left = this.source();
    for (;;) {
      const { at } = this.token;
      const natural = this.take('NATURAL');
      const kind = this.joinKind();
      if (!kind) {
        if (natural) throw this.unexpected();
        return left;
      }
      const right = this.source();
      const match = this.take('MATCH_CONDITION') ? this.inParentheses(() => this.expression()) : undefined;
      const on = this.take('ON') ? this.expression() : undefined;
      const using =
        !on && this.take('USING') ? this.inParentheses(() => this.commaSeparated(() => this.anyName())) : undefined;
      left = { t: 'join', kind, natural, left, right, on, using, match, at };
    }
  }

  private joinKind(): JoinKind | undefined {
    if (this.take('JOIN') || this.take('INNER', 'JOIN')) return 'INNER';
    if (this.take('CROSS', 'JOIN')) return 'CROSS';
    if (this.take('ASOF', 'JOIN')) return 'ASOF';
    for (const side of ['LEFT', 'RIGHT', 'FULL'] as const) {
      if (this.take(side, 'OUTER', 'JOIN') || this.take(side, 'JOIN')) return side;
    }
    return undefined;
  }

  private source(): FromItem {
    let source = this.plainSource();
    for (;;) {
      if (this.at('PIVOT', '(')) source = this.pivot(source);
      else if (this.at('UNPIVOT')) source = this.unpivot(source);
      else return source;
    }
  }

  private plainSource(): FromItem {
    const { at, kind, text } = this.token;
    const lateral = this.take('LATERAL');
    if (this.at('TABLE', '(')) {
      this.next();
      const call = this.inParentheses(() => this.tableFunction());
      return { t: 'function', call, alias: this.alias(), at };
    }
    if (this.at('SEMANTIC_VIEW', '(')) return this.semanticView();
    if (this.at('VALUES')) return { t: 'values', values: this.values(), alias: this.alias(), at };
    if (this.at('(')) return this.parenthesised(lateral, at);
    if (kind === 'symbol' && text === '@') throw this.refuse('stages in FROM');
    if (lateral) return { t: 'function', call: this.tableFunction(), alias: this.alias(), at };
    const name = this.qualifiedName();
    if (this.at('(')) throw this.refuse(`${name.map((part) => part.text).join('.')}() without TABLE()`);
    if (this.at('AT', '(') || this.at('BEFORE', '(')) throw this.refuse('time travel');
    if (this.at('CHANGES', '(')) throw this.refuse('CHANGES');
    const before = this.sample();
    const alias = this.alias();
    return { t: 'table', name, alias, sample: before ?? this.sample(), at };
  }

  private parenthesised(lateral: boolean, at: FromItem['at']): FromItem {
    if (this.startsQuery()) {
      const query = this.inParentheses(() => this.query());
      const alias = this.alias();
      return { t: 'derived', query, alias, sample: this.sample(), lateral, at };
    }
    return this.inParentheses(() => this.sources());
  }

  private semanticView(): FromItem {
    const { at } = this.next();
    const inside = this.inParentheses(() => ({ name: this.qualifiedName(), request: this.semanticRequest() }));
    return { t: 'semanticView', ...inside, alias: this.alias(), at };
  }

  private semanticRequest(): SemanticRequest {
    const items: SemanticItem[] = [];
    for (;;) {
      const kind = this.takeOneOf('DIMENSIONS', 'METRICS', 'FACTS') as SemanticItem['kind'] | undefined;
      if (!kind) break;
      items.push(...this.commaSeparated(() => this.semanticItem(kind)));
    }
    return { items, where: this.take('WHERE') ? this.expressionText() : undefined };
  }

  private semanticItem(kind: SemanticItem['kind']): SemanticItem {
    const text = this.expressionText();
    const named = this.take('AS') || (this.isName() && !this.startsSemanticClause());
    return { kind, text, alias: named ? this.anyName() : undefined };
  }

  private startsSemanticClause(): boolean {
    return this.at('DIMENSIONS') || this.at('METRICS') || this.at('FACTS');
  }

  /** An expression as it was written: it is read again where its names are known. Each bind in it gets its number. */
  protected expressionText(): string {
    const start = this.token;
    const first = this.index;
    this.expression();
    let text = this.textFrom(start);
    let number = this.bindCount;
    for (const { kind, start: from, end } of this.tokens.slice(first, this.index).reverse()) {
      if (kind === 'bind') text = `${text.slice(0, from - start.start)}:${number--}${text.slice(end - start.start)}`;
    }
    return text;
  }

  private tableFunction(): Call {
    const start = this.token;
    const names = [this.anyName()];
    while (this.take('.')) names.push(this.anyName());
    return this.call(names.map(({ text }) => text).join('.'), start);
  }

  protected alias(): Alias {
    const name = this.take('AS') ? this.anyName() : this.isName() && !this.startsClause() ? this.name() : undefined;
    const columns = name && this.at('(') ? this.inParentheses(() => this.commaSeparated(() => this.anyName())) : [];
    return { name, columns };
  }

  /** Words that are no keywords elsewhere but open a clause after a source. */
  private startsClause(): boolean {
    return this.at('AT', '(') || this.at('BEFORE', '(') || this.at('CHANGES', '(') || this.at('WHEN');
  }

  protected values(): Values {
    const { at } = this.token;
    this.expect('VALUES');
    const rows = this.commaSeparated(() => this.inParentheses(() => this.commaSeparated(() => this.expression())));
    return { t: 'values', rows, at };
  }

  private sample(): Sample | undefined {
    if (!this.takeOneOf('SAMPLE', 'TABLESAMPLE')) return undefined;
    const method = this.takeOneOf('BERNOULLI', 'ROW', 'SYSTEM', 'BLOCK');
    const sample = this.inParentheses((): Sample => {
      const amount = this.expression();
      const unit = this.take('ROWS') ? 'ROWS' : 'PERCENT';
      return { amount, unit, method: method === 'SYSTEM' || method === 'BLOCK' ? 'SYSTEM' : 'BERNOULLI' };
    });
    if (this.at('SEED') || this.at('REPEATABLE')) throw this.refuse('SAMPLE with a seed');
    return sample;
  }

  private pivot(source: FromItem): FromItem {
    const { at } = this.next();
    const inside = this.inParentheses(() => {
      const start = this.token;
      const aggregate = this.call(this.anyName().text, start);
      if (this.at(',')) throw this.refuse('PIVOT with several aggregates');
      this.expect('FOR');
      const column = this.additive();
      this.expect('IN');
      const values = this.inParentheses(() => {
        if (this.at('ANY') || this.startsQuery()) throw this.refuse('dynamic PIVOT');
        return this.commaSeparated(() => {
          const value: Expression = this.expression();
          return { value, alias: this.take('AS') ? this.anyName() : undefined };
        });
      });
      if (this.at('DEFAULT')) throw this.refuse('PIVOT … DEFAULT ON NULL');
      return { aggregate, column, values };
    });
    return { t: 'pivot', source, ...inside, alias: this.alias(), at };
  }

  private unpivot(source: FromItem): FromItem {
    const { at } = this.next();
    const includeNulls = this.take('INCLUDE', 'NULLS');
    if (!includeNulls) this.take('EXCLUDE', 'NULLS');
    const inside = this.inParentheses(() => {
      const value = this.anyName();
      this.expect('FOR');
      const name = this.anyName();
      this.expect('IN');
      const columns = this.inParentheses(() =>
        this.commaSeparated(() => {
          const column: Name = this.anyName();
          return { column, alias: this.take('AS') ? this.anyName() : undefined };
        }),
      );
      return { value, name, columns };
    });
    return { t: 'unpivot', source, ...inside, includeNulls, alias: this.alias(), at };
  }
}

const noCondition = { natural: false, on: undefined, using: undefined, match: undefined };
