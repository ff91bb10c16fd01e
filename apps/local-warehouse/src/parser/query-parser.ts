import type { Expression } from './expression-tree';
import type { Cte, GroupBy, Query, QueryBody, Select, SelectItem } from './query-tree';
import { SourceParser } from './source-parser';

/** SELECT with its clauses, WITH, and the set operations. */
export abstract class QueryParser extends SourceParser {
  private nesting = 0;

  protected startsQuery(): boolean {
    for (let ahead = 0; ; ahead++) {
      const token = this.ahead(ahead);
      if (token.text === '(' && token.kind === 'symbol') continue;
      if (token.kind !== 'word') return false;
      return token.text === 'SELECT' || token.text === 'WITH' || token.text === 'VALUES';
    }
  }

  protected query(): Query {
    if (++this.nesting > 100) throw this.refuse('queries nested this deeply');
    const { ctes, recursive } = this.withClause();
    const body = this.setOperation();
    const ordered = this.take('ORDER', 'BY');
    const all = ordered && this.at('ALL') ? this.next() : undefined;
    const orderByAll = all ? { descending: this.takeOneOf('ASC', 'DESC') === 'DESC' } : undefined;
    const orderBy = ordered && !orderByAll ? this.orderItems() : [];
    const { limit, offset } = this.limits();
    if (this.at('FOR', 'UPDATE')) throw this.refuse('FOR UPDATE');
    this.nesting--;
    return { ctes, recursive, body, orderBy, orderByAll, limit, offset };
  }

  private limits(): { limit: Expression | undefined; offset: Expression | undefined } {
    let limit: Expression | undefined;
    let offset: Expression | undefined;
    for (;;) {
      if (!limit && this.take('LIMIT')) limit = this.expression();
      else if (!offset && this.take('OFFSET')) {
        offset = this.expression();
        this.takeOneOf('ROWS', 'ROW');
      } else if (!limit && this.take('FETCH')) {
        this.takeOneOf('FIRST', 'NEXT');
        limit = this.expression();
        this.takeOneOf('ROWS', 'ROW');
        this.take('ONLY');
      } else return { limit, offset };
    }
  }

  private withClause(): { ctes: Cte[]; recursive: boolean } {
    if (!this.take('WITH')) return { ctes: [], recursive: false };
    const recursive = this.take('RECURSIVE');
    const ctes = this.commaSeparated((): Cte => {
      const name = this.name();
      const columns = this.at('(') ? this.inParentheses(() => this.commaSeparated(() => this.anyName())) : [];
      this.expect('AS');
      return { name, columns, query: this.inParentheses(() => this.query()) };
    });
    return { ctes, recursive };
  }

  private setOperation(): QueryBody {
    let left = this.intersection();
    for (;;) {
      const { at } = this.token;
      const word = this.takeOneOf('UNION', 'EXCEPT', 'MINUS');
      if (!word) return left;
      const all = this.take('ALL') || (this.take('DISTINCT'), false);
      if (all && word !== 'UNION') throw this.refuse(`${word} ALL`, at);
      const byName = this.take('BY', 'NAME');
      const operator = word === 'UNION' ? 'UNION' : 'EXCEPT';
      left = { t: 'set', operator, all, byName, left, right: this.intersection(), at };
    }
  }

  private intersection(): QueryBody {
    let left = this.queryTerm();
    for (let at = this.token.at; this.take('INTERSECT'); at = this.token.at) {
      if (this.at('ALL')) throw this.refuse('INTERSECT ALL');
      left = { t: 'set', operator: 'INTERSECT', all: false, byName: false, left, right: this.queryTerm(), at };
    }
    return left;
  }

  private queryTerm(): QueryBody {
    if (this.at('(')) return { t: 'nested', query: this.inParentheses(() => this.query()) };
    if (this.at('VALUES')) return this.values();
    return this.select();
  }

  private select(): Select {
    const { at } = this.token;
    this.expect('SELECT');
    const distinct = this.take('DISTINCT');
    if (!distinct) this.take('ALL');
    const top = this.at('TOP') && this.ahead(1).kind === 'number' ? this.topRows() : undefined;
    const items = this.commaSeparated(() => this.selectItem());
    if (this.at('INTO')) throw this.refuse('SELECT … INTO');
    const from = this.take('FROM') ? this.sources() : undefined;
    const where = this.take('WHERE') ? this.expression() : undefined;
    if (this.at('CONNECT', 'BY') || this.at('START', 'WITH')) throw this.refuse('CONNECT BY');
    const groupBy = this.take('GROUP', 'BY') ? this.groupBy() : undefined;
    const having = this.take('HAVING') ? this.expression() : undefined;
    const qualify = this.take('QUALIFY') ? this.expression() : undefined;
    return { t: 'select', distinct, top, items, from, where, groupBy, having, qualify, at };
  }

  private topRows(): Expression {
    this.expect('TOP');
    const { at } = this.token;
    return { t: 'number', text: String(this.wholeNumber()), at };
  }

  private selectItem(): SelectItem {
    const start = this.token;
    const expression = this.expression();
    const source = this.textFrom(start);
    const alias = this.take('AS') ? this.anyName() : this.isName() ? this.name() : undefined;
    return { expression, alias, source };
  }

  private groupBy(): GroupBy {
    if (this.take('ALL')) return { t: 'all' };
    const list = () => this.inParentheses(() => this.commaSeparated(() => this.expression()));
    if (this.at('ROLLUP', '(') || this.at('CUBE', '(')) {
      const t = this.next().text === 'ROLLUP' ? 'rollup' : 'cube';
      return { t, items: list() };
    }
    if (this.take('GROUPING', 'SETS')) {
      const set = () => {
        if (!this.at('(')) return [this.expression()];
        return this.at('(', ')') ? (this.expect('(', ')'), []) : list();
      };
      return { t: 'sets', sets: this.inParentheses(() => this.commaSeparated(set)) };
    }
    return { t: 'items', items: this.commaSeparated(() => this.expression()) };
  }
}
