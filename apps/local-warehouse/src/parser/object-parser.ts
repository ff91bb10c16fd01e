import type { Name } from './expression-tree';
import type { ColumnDefinition, Creation, StatementTree, TableChange, TableSource } from './statement-tree';
import { TagParser } from './tag-parser';

const dropKinds = ['TABLE', 'VIEW', 'SCHEMA', 'DATABASE', 'SEQUENCE'] as const;

/** CREATE, DROP, ALTER TABLE and COMMENT ON. */
export abstract class ObjectParser extends TagParser {
  protected objectStatement(): StatementTree | undefined {
    if (this.at('CREATE')) return this.create();
    if (this.at('ALTER', 'TABLE')) return this.alterTable();
    if (this.at('COMMENT')) return this.commentOn();
    if (!this.at('DROP')) return undefined;
    const kind = dropKinds.find((name) => this.take('DROP', name));
    if (!kind) return undefined;
    const ifExists = this.take('IF', 'EXISTS');
    const name = this.qualifiedName();
    this.takeOneOf('CASCADE', 'RESTRICT');
    return { t: 'drop', kind, name, ifExists };
  }

  private create(): StatementTree | undefined {
    const start = this.index;
    this.next();
    const replace = this.take('OR', 'REPLACE');
    const word = this.takeOneOf('TRANSIENT', 'TEMPORARY', 'TEMP', 'VOLATILE');
    const kind = word === undefined ? 'PERMANENT' : word === 'TRANSIENT' ? word : 'TEMPORARY';
    const creation = (): Creation => (this.take('IF', 'NOT', 'EXISTS') ? 'skip' : replace ? 'replace' : 'fail');
    if (this.take('TABLE')) return this.createTable(creation(), kind);
    if (kind !== 'TEMPORARY') {
      if (this.take('SECURE', 'VIEW')) return this.createView(creation(), true);
      if (this.take('VIEW')) return this.createView(creation(), false);
      if (this.take('SCHEMA')) return this.createContainer('createSchema', creation());
      if (this.take('DATABASE')) return this.createContainer('createDatabase', creation());
      if (this.take('SEQUENCE')) return this.createSequence(creation());
      if (this.take('TAG')) return this.createTag(creation());
    }
    this.index = start;
    return undefined;
  }

  private createContainer(t: 'createSchema' | 'createDatabase', creation: Creation): StatementTree {
    const name = this.qualifiedName();
    if (this.token.kind !== 'end' && !this.at(';') && !this.at('COMMENT')) {
      throw this.refuse(`CREATE ${t === 'createSchema' ? 'SCHEMA' : 'DATABASE'} … ${this.token.text}`);
    }
    this.comment();
    const [first] = name;
    if (t === 'createSchema') return { t, name, creation };
    if (name.length > 1 || !first) throw this.unexpected();
    return { t, name: first, creation };
  }

  private createSequence(creation: Creation): StatementTree {
    const name = this.qualifiedName();
    const option = (word: string) => {
      if (!this.take(word)) return 1;
      this.takeOneOf('WITH', 'BY', '=');
      const sign = this.take('-') ? -1 : 1;
      return sign * this.wholeNumber();
    };
    this.take('WITH');
    const start = option('START');
    const increment = option('INCREMENT');
    this.takeOneOf('ORDER', 'NOORDER');
    this.comment();
    return { t: 'createSequence', name, creation, start, increment };
  }

  private createView(creation: Creation, isSecure: boolean): StatementTree {
    const name = this.qualifiedName();
    const columns = this.at('(')
      ? this.inParentheses(() =>
          this.commaSeparated(() => {
            const column = this.anyName();
            this.comment();
            return column;
          }),
        )
      : [];
    // Rights are fixed here, so a view that takes the place of another has its grants anyway.
    this.take('COPY', 'GRANTS');
    const comment = this.comment();
    this.expect('AS');
    const start = this.token;
    const query = this.query();
    return { t: 'createView', name, creation, isSecure, columns, query, source: this.textFrom(start), comment };
  }

  private createTable(creation: Creation, kind: 'PERMANENT' | 'TRANSIENT' | 'TEMPORARY'): StatementTree {
    const name = this.qualifiedName();
    const columns: ColumnDefinition[] = [];
    const primaryKey: Name[] = [];
    let source: TableSource = { t: 'columns' };
    if (this.take('LIKE')) source = { t: 'like', table: this.qualifiedName() };
    else if (this.take('CLONE')) source = { t: 'clone', table: this.qualifiedName() };
    else if (this.at('(')) {
      this.inParentheses(() =>
        this.commaSeparated(() => {
          if (!this.tableConstraint(primaryKey)) columns.push(this.columnDefinition());
        }),
      );
    }
    const comment = this.tableOptions();
    if (source.t === 'columns' && this.take('AS')) source = { t: 'query', query: this.query() };
    else if (source.t === 'columns' && columns.length === 0) throw this.unexpected();
    return { t: 'createTable', name, creation, kind, columns, primaryKey, source, comment };
  }

  /** Options that change nothing here are taken; the rest is refused. */
  private tableOptions(): string | undefined {
    let comment: string | undefined;
    for (;;) {
      if (this.at('COMMENT')) comment = this.comment();
      else if (this.takeOneOf('DATA_RETENTION_TIME_IN_DAYS', 'MAX_DATA_EXTENSION_TIME_IN_DAYS')) {
        this.expect('=');
        this.wholeNumber();
      } else if (this.take('CLUSTER', 'BY')) this.inParentheses(() => this.commaSeparated(() => this.expression()));
      else if (this.at('COPY', 'GRANTS')) throw this.refuse('COPY GRANTS');
      else return comment;
    }
  }

  protected comment(): string | undefined {
    if (!this.take('COMMENT')) return undefined;
    this.take('=');
    return this.stringLiteral();
  }

  private tableConstraint(primaryKey: Name[]): boolean {
    if (this.take('CONSTRAINT')) this.name();
    const keys = () => this.inParentheses(() => this.commaSeparated(() => this.anyName()));
    if (this.take('PRIMARY', 'KEY')) primaryKey.push(...keys());
    else if (this.at('UNIQUE', '(')) {
      this.next();
      keys();
    } else if (this.take('FOREIGN', 'KEY')) {
      keys();
      this.references();
    } else return false;
    return true;
  }

  private references(): void {
    this.expect('REFERENCES');
    this.qualifiedName();
    if (this.at('(')) this.inParentheses(() => this.commaSeparated(() => this.anyName()));
  }

  protected columnDefinition(): ColumnDefinition {
    const name = this.anyName();
    const typed = this.token.kind === 'word' && !this.at('COMMENT') && !this.at('NOT');
    const column: ColumnDefinition = {
      name,
      type: typed ? this.typeSyntax() : undefined,
      notNull: false,
      primaryKey: false,
      unique: false,
      default: undefined,
      autoIncrement: false,
      comment: undefined,
    };
    while (this.columnOption(column)) continue;
    return column;
  }

  private columnOption(column: ColumnDefinition): boolean {
    if (this.take('NOT', 'NULL')) column.notNull = true;
    else if (this.take('NULL')) column.notNull = false;
    else if (this.take('PRIMARY', 'KEY')) column.primaryKey = column.notNull = true;
    else if (this.take('UNIQUE')) column.unique = true;
    else if (this.take('CONSTRAINT')) this.name();
    else if (this.at('REFERENCES')) this.references();
    else if (this.at('COMMENT')) column.comment = this.comment();
    else if (this.takeOneOf('AUTOINCREMENT', 'IDENTITY')) this.autoIncrement(column);
    else if (this.take('DEFAULT')) {
      const start = this.token;
      const expression = this.expression();
      column.default = { expression, source: this.textFrom(start) };
    } else if (this.at('COLLATE') || this.at('MASKING') || this.at('WITH') || this.at('TAG') || this.at('AS')) {
      throw this.refuse(`column option ${this.token.text}`);
    } else return false;
    return true;
  }

  private autoIncrement(column: ColumnDefinition): void {
    column.autoIncrement = true;
    const fromOne = (value: number) => {
      if (value !== 1) throw this.refuse('AUTOINCREMENT that does not count 1, 2, 3');
    };
    if (this.at('(')) {
      this.inParentheses(() => this.commaSeparated(() => fromOne(this.wholeNumber())));
    }
    for (const word of ['START', 'INCREMENT']) if (this.take(word)) fromOne(this.wholeNumber());
    this.takeOneOf('ORDER', 'NOORDER');
  }

  private alterTable(): StatementTree {
    this.expect('ALTER', 'TABLE');
    const ifExists = this.take('IF', 'EXISTS');
    const table = this.qualifiedName();
    const change = this.tableChange();
    if (this.at(',')) throw this.refuse('several changes in one ALTER TABLE');
    return { t: 'alterTable', table, ifExists, change };
  }

  private tableChange(): TableChange {
    const tags = this.tagChange();
    if (tags) return { t: 'tags', column: undefined, ...tags };
    if (this.takeOneOf('MODIFY', 'ALTER')) return this.columnTags();
    if (this.take('RENAME', 'TO')) return { t: 'rename', to: this.qualifiedName() };
    if (this.take('SWAP', 'WITH')) return { t: 'swap', with: this.qualifiedName() };
    if (this.take('RENAME', 'COLUMN')) {
      const from = this.anyName();
      this.expect('TO');
      return { t: 'renameColumn', from, to: this.anyName() };
    }
    if (this.take('ADD')) {
      if (this.at('CONSTRAINT') || this.at('PRIMARY') || this.at('UNIQUE') || this.at('FOREIGN')) {
        throw this.refuse('ALTER TABLE ADD CONSTRAINT');
      }
      this.take('COLUMN');
      const ifNotExists = this.take('IF', 'NOT', 'EXISTS');
      return { t: 'addColumn', column: this.columnDefinition(), ifNotExists };
    }
    if (this.take('DROP')) {
      this.take('COLUMN');
      const ifExists = this.take('IF', 'EXISTS');
      return { t: 'dropColumn', columns: this.commaSeparated(() => this.anyName()), ifExists };
    }
    if (this.take('UNSET', 'COMMENT')) return { t: 'comment', comment: undefined };
    if (this.take('SET') && this.at('COMMENT')) return { t: 'comment', comment: this.comment() };
    throw this.refuse(`ALTER TABLE … ${this.token.text}`);
  }

  private columnTags(): TableChange {
    this.take('COLUMN');
    const column = this.anyName();
    const tags = this.tagChange();
    if (!tags) throw this.refuse(`ALTER TABLE … ALTER COLUMN … ${this.token.text}`);
    return { t: 'tags', column, ...tags };
  }

  private commentOn(): StatementTree {
    this.next();
    const ifExists = this.take('IF', 'EXISTS');
    this.expect('ON');
    const kind = this.takeOneOf('TABLE', 'VIEW', 'COLUMN') as 'TABLE' | 'VIEW' | 'COLUMN' | undefined;
    if (!kind || ifExists) throw this.refuse(`COMMENT ON ${this.token.text}`);
    const name = this.qualifiedName();
    this.expect('IS');
    return { t: 'commentOn', kind, name, comment: this.stringLiteral() };
  }
}
