import type { Name } from './expression-tree';
import { ObjectParser } from './object-parser';
import type { MergeBranch, SetClause, StatementTree } from './statement-tree';

/** INSERT, UPDATE, DELETE, MERGE, TRUNCATE. */
export abstract class DataParser extends ObjectParser {
  protected dataStatement(): StatementTree | undefined {
    switch (this.token.kind === 'word' ? this.token.text : '') {
      case 'INSERT':
        return this.insert();
      case 'UPDATE':
        return this.update();
      case 'DELETE':
        return this.delete();
      case 'MERGE':
        return this.merge();
      case 'TRUNCATE': {
        this.next();
        this.take('TABLE');
        const ifExists = this.take('IF', 'EXISTS');
        return { t: 'truncate', table: this.qualifiedName(), ifExists };
      }
      default:
        return this.objectStatement();
    }
  }

  private insert(): StatementTree {
    const { at } = this.next();
    const overwrite = this.take('OVERWRITE');
    if (this.at('ALL') || this.at('FIRST')) throw this.refuse('multi-table INSERT');
    this.expect('INTO');
    this.take('TABLE');
    const table = this.qualifiedName();
    const columns =
      this.at('(') && !this.startsQuery() ? this.inParentheses(() => this.commaSeparated(() => this.anyName())) : [];
    return { t: 'insert', table, columns, query: this.query(), overwrite, at };
  }

  private update(): StatementTree {
    this.next();
    const table = this.qualifiedName();
    const alias = this.alias();
    const set = this.setClauses();
    const from = this.take('FROM') ? this.sources() : undefined;
    return { t: 'update', table, alias, set, from, where: this.take('WHERE') ? this.expression() : undefined };
  }

  private setClauses(): SetClause[] {
    this.expect('SET');
    return this.commaSeparated(() => {
      const column = this.targetColumn();
      this.expect('=');
      return { column, value: this.expression() };
    });
  }

  /** A column that is written; the target's name may stand before it. */
  private targetColumn(): Name {
    let name = this.anyName();
    while (this.take('.')) name = this.anyName();
    return name;
  }

  private delete(): StatementTree {
    this.next();
    this.expect('FROM');
    const table = this.qualifiedName();
    const alias = this.alias();
    const using = this.take('USING') ? this.sources() : undefined;
    return { t: 'delete', table, alias, using, where: this.take('WHERE') ? this.expression() : undefined };
  }

  private merge(): StatementTree {
    this.next();
    this.expect('INTO');
    const table = this.qualifiedName();
    const alias = this.alias();
    this.expect('USING');
    const source = this.joined();
    this.expect('ON');
    const on = this.expression();
    const branches: MergeBranch[] = [];
    while (this.take('WHEN')) branches.push(this.mergeBranch());
    if (branches.length === 0) throw this.unexpected();
    return { t: 'merge', table, alias, source, on, branches };
  }

  private mergeBranch(): MergeBranch {
    const matched = !this.take('NOT');
    this.expect('MATCHED');
    if (this.at('BY')) throw this.refuse('WHEN NOT MATCHED BY');
    const condition = this.take('AND') ? this.expression() : undefined;
    this.expect('THEN');
    if (matched && this.take('DELETE')) return { t: 'delete', condition };
    if (matched) {
      this.expect('UPDATE');
      if (this.at('ALL')) throw this.refuse('UPDATE ALL BY NAME');
      return { t: 'update', condition, set: this.setClauses() };
    }
    this.expect('INSERT');
    if (this.at('ALL')) throw this.refuse('INSERT ALL BY NAME');
    const columns = this.at('(') ? this.inParentheses(() => this.commaSeparated(() => this.targetColumn())) : [];
    this.expect('VALUES');
    return {
      t: 'insert',
      condition,
      columns,
      values: this.inParentheses(() => this.commaSeparated(() => this.expression())),
    };
  }
}
