import type { BinaryOperator, Expression, Name, PathStep, Star } from './expression-tree';
import type { Token } from './token';
import { CallParser } from './call-parser';

const comparisons: Readonly<Record<string, BinaryOperator>> = {
  '=': '=',
  '<>': '<>',
  '!=': '<>',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
};
const withoutParentheses = new Set([
  'CURRENT_TIMESTAMP',
  'CURRENT_DATE',
  'CURRENT_TIME',
  'CURRENT_USER',
  'CURRENT_ROLE',
  'CURRENT_DATABASE',
  'CURRENT_SCHEMA',
  'CURRENT_WAREHOUSE',
  'LOCALTIMESTAMP',
  'LOCALTIME',
]);
const literalTypes = new Set([
  'DATE',
  'TIME',
  'TIMESTAMP',
  'TIMESTAMP_NTZ',
  'TIMESTAMP_LTZ',
  'TIMESTAMP_TZ',
  'DATETIME',
]);
const deepest = 400;

/** Scalar expressions, by precedence. */
export abstract class ExpressionParser extends CallParser {
  private binds = 0;

  /** How many `?` were read so far. */
  protected get bindCount(): number {
    return this.binds;
  }

  private depth = 0;

  protected expression(): Expression {
    if (++this.depth > deepest) throw this.refuse('expressions nested this deeply');
    const value = this.disjunction();
    this.depth--;
    return value;
  }

  private disjunction(): Expression {
    let left = this.conjunction();
    for (let at = this.token.at; this.take('OR'); at = this.token.at) {
      left = { t: 'binary', operator: 'OR', left, right: this.conjunction(), at };
    }
    return left;
  }

  private conjunction(): Expression {
    let left = this.negation();
    for (let at = this.token.at; this.take('AND'); at = this.token.at) {
      left = { t: 'binary', operator: 'AND', left, right: this.negation(), at };
    }
    return left;
  }

  private negation(): Expression {
    const { at } = this.token;
    return this.take('NOT') ? { t: 'unary', operator: 'NOT', operand: this.negation(), at } : this.predicate();
  }

  private predicate(): Expression {
    let left = this.additive();
    for (;;) {
      const { at } = this.token;
      const comparison = this.token.kind === 'symbol' ? comparisons[this.token.text] : undefined;
      if (comparison) {
        this.next();
        left = this.comparison(left, comparison, at);
        continue;
      }
      if (this.take('IS')) {
        left = this.isTest(left, at);
        continue;
      }
      const start = this.index;
      const negated = this.take('NOT');
      const tested = this.membership(left, negated, at);
      if (!tested) {
        this.index = start;
        return left;
      }
      left = tested;
    }
  }

  private comparison(left: Expression, operator: BinaryOperator, at: Token['at']): Expression {
    const quantifier = this.at('ANY', '(') || this.at('ALL', '(') ? (this.next().text as 'ANY' | 'ALL') : undefined;
    if (!quantifier) return { t: 'binary', operator, left, right: this.additive(), at };
    return { t: 'quantified', operator, operand: left, quantifier, query: this.inParentheses(() => this.query()), at };
  }

  private isTest(operand: Expression, at: Token['at']): Expression {
    const negated = this.take('NOT');
    if (this.take('NULL')) return { t: 'isNull', operand, negated, at };
    if (this.take('TRUE')) return { t: 'isBoolean', operand, value: true, negated, at };
    if (this.take('FALSE')) return { t: 'isBoolean', operand, value: false, negated, at };
    this.expect('DISTINCT', 'FROM');
    return { t: 'isDistinct', left: operand, right: this.additive(), negated, at };
  }

  private membership(operand: Expression, negated: boolean, at: Token['at']): Expression | undefined {
    if (this.take('IN')) {
      const options = this.inParentheses(() =>
        this.startsQuery() ? this.query() : this.commaSeparated(() => this.expression()),
      );
      return { t: 'in', operand, options, negated, at };
    }
    if (this.take('BETWEEN')) {
      const low = this.additive();
      this.expect('AND');
      return { t: 'between', operand, low, high: this.additive(), negated, at };
    }
    const word = this.takeOneOf('LIKE', 'ILIKE', 'RLIKE', 'REGEXP');
    if (!word) return undefined;
    const operator = word === 'REGEXP' ? 'RLIKE' : (word as 'LIKE' | 'ILIKE' | 'RLIKE');
    const quantifier = this.take('ALL') ? 'ALL' : 'ANY';
    const several = quantifier === 'ALL' || this.take('ANY');
    const patterns = several
      ? this.inParentheses(() => this.commaSeparated(() => this.expression()))
      : [this.additive()];
    const escape = this.take('ESCAPE') ? this.additive() : undefined;
    return { t: 'like', operator, operand, patterns, quantifier, escape, negated, at };
  }

  protected additive(): Expression {
    let left = this.multiplicative();
    for (;;) {
      const { at } = this.token;
      const operator = this.takeOneOf('+', '-', '||') as BinaryOperator | undefined;
      if (!operator) return left;
      left = { t: 'binary', operator, left, right: this.multiplicative(), at };
    }
  }

  private multiplicative(): Expression {
    let left = this.unary();
    for (;;) {
      const { at } = this.token;
      const operator = this.takeOneOf('*', '/', '%') as BinaryOperator | undefined;
      if (!operator) return left;
      left = { t: 'binary', operator, left, right: this.unary(), at };
    }
  }

  private unary(): Expression {
    const { at } = this.token;
    const operator = this.takeOneOf('-', '+') as '-' | '+' | undefined;
    if (!operator) return this.postfix();
    if (++this.depth > deepest) throw this.refuse('expressions nested this deeply');
    const operand = this.unary();
    this.depth--;
    return { t: 'unary', operator, operand, at };
  }

  private postfix(): Expression {
    let operand = this.primary();
    for (;;) {
      const { at } = this.token;
      if (this.take('::')) operand = { t: 'cast', operand, type: this.typeSyntax(), try: false, at };
      else if (this.at(':') || this.at('[')) operand = { t: 'path', operand, steps: this.pathSteps(), at };
      else if (this.at('COLLATE')) throw this.refuse('COLLATE');
      else return operand;
    }
  }

  private pathSteps(): PathStep[] {
    const steps: PathStep[] = [];
    for (;;) {
      if (this.take(':') || (steps.length > 0 && this.take('.'))) {
        const token = this.next();
        if (token.kind !== 'word' && token.kind !== 'quoted') throw this.unexpected(token);
        steps.push({ key: token.kind === 'quoted' ? token.text : token.source });
      } else if (this.take('[')) {
        steps.push({ index: this.expression() });
        this.expect(']');
      } else return steps;
    }
  }

  private primary(): Expression {
    const { kind, text, at } = this.token;
    if (kind === 'number') {
      this.next();
      return { t: 'number', text, at };
    }
    if (kind === 'string') {
      this.next();
      return { t: 'string', value: text, at };
    }
    if (kind === 'bind') {
      this.next();
      return { t: 'bind', index: ++this.binds, at };
    }
    if (kind === 'variable') {
      this.next();
      return /^\d+$/.test(text) ? { t: 'position', number: Number(text), at } : { t: 'variable', name: text, at };
    }
    if (kind === 'quoted') return this.nameOrCall();
    return kind === 'word' ? this.wordExpression() : this.symbolExpression();
  }

  private symbolExpression(): Expression {
    const { at } = this.token;
    if (this.take(':')) return { t: 'bind', index: this.wholeNumber(), at };
    if (this.take('*')) return this.star([], at);
    if (this.take('[')) {
      const items = this.at(']') ? [] : this.commaSeparated(() => this.expression());
      this.expect(']');
      return { t: 'array', items, at };
    }
    if (this.take('{*')) {
      this.expect('}');
      return { t: 'object', entries: [], star: true, at };
    }
    if (this.take('{')) {
      const entries = this.at('}') ? [] : this.commaSeparated(() => this.objectEntry());
      this.expect('}');
      return { t: 'object', entries, star: false, at };
    }
    if (!this.take('(')) throw this.unexpected();
    if (this.startsQuery()) {
      const query = this.query();
      this.expect(')');
      return { t: 'subquery', query, at };
    }
    const items = this.commaSeparated(() => this.expression());
    this.expect(')');
    const [only] = items;
    return items.length === 1 && only ? only : { t: 'tuple', items, at };
  }

  private objectEntry(): [string, Expression] {
    const key = this.stringLiteral();
    this.expect(':');
    return [key, this.expression()];
  }

  private wordExpression(): Expression {
    const { text, at } = this.token;
    if (text === 'CASE') return this.caseExpression();
    if (this.at('CAST', '(') || this.at('TRY_CAST', '(')) return this.castExpression();
    if (this.at('EXISTS', '(')) {
      this.next();
      return { t: 'exists', query: this.inParentheses(() => this.query()), at };
    }
    if (this.take('TRUE')) return { t: 'boolean', value: true, at };
    if (this.take('FALSE')) return { t: 'boolean', value: false, at };
    if (this.take('NULL')) return { t: 'null', at };
    const following = this.ahead(1);
    if (following.kind === 'string' && text === 'INTERVAL') {
      this.next();
      return { t: 'interval', text: this.stringLiteral(), at };
    }
    if (following.kind === 'string' && literalTypes.has(text)) {
      const type = this.typeSyntax();
      return { t: 'cast', operand: { t: 'string', value: this.stringLiteral(), at }, type, try: false, at };
    }
    return this.nameOrCall();
  }

  private nameOrCall(): Expression {
    const start = this.token;
    if (withoutParentheses.has(start.text) && start.kind === 'word' && this.ahead(1).text !== '(') {
      this.next();
      return this.emptyCall(start.text, start);
    }
    if (!this.isFunctionName() && !this.isName()) throw this.unexpected();
    const names: Name[] = [this.anyName()];
    while (this.at('.')) {
      this.next();
      if (this.take('*')) return this.star(names, start.at);
      if (this.token.kind === 'variable' && /^\d+$/.test(this.token.text)) throw this.refuse('a qualified $n');
      names.push(this.anyName());
    }
    if (this.at('(')) return this.call(names.map(({ text }) => text).join('.'), start);
    return { t: 'column', parts: names, at: start.at };
  }

  private star(qualifier: Name[], at: Token['at']): Star {
    const star: Star = { t: 'star', qualifier, exclude: [], rename: [], replace: [], ilike: undefined, at };
    const listOf = <T>(read: () => T) =>
      this.at('(') ? this.inParentheses(() => this.commaSeparated(read)) : [read()];
    if (this.take('ILIKE')) star.ilike = this.stringLiteral();
    if (this.take('EXCLUDE')) star.exclude = listOf(() => this.anyName());
    if (this.take('REPLACE')) {
      star.replace = listOf(() => {
        const value = this.expression();
        this.expect('AS');
        return [value, this.anyName()];
      });
    }
    if (this.take('RENAME')) {
      star.rename = listOf(() => {
        const from = this.anyName();
        this.expect('AS');
        return [from, this.anyName()];
      });
    }
    return star;
  }

  private caseExpression(): Expression {
    const { at } = this.next();
    const operand = this.at('WHEN') ? undefined : this.expression();
    const whens: { when: Expression; then: Expression }[] = [];
    while (this.take('WHEN')) {
      const when = this.expression();
      this.expect('THEN');
      whens.push({ when, then: this.expression() });
    }
    if (whens.length === 0) throw this.unexpected();
    const otherwise = this.take('ELSE') ? this.expression() : undefined;
    this.expect('END');
    return { t: 'case', operand, whens, otherwise, at };
  }

  private castExpression(): Expression {
    const { at, text } = this.next();
    return this.inParentheses(() => {
      const operand = this.expression();
      this.expect('AS');
      return { t: 'cast', operand, type: this.typeSyntax(), try: text === 'TRY_CAST', at };
    });
  }
}
