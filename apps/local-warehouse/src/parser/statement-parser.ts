import type { Name } from './expression-tree';
import { SearchParser } from './search-parser';
import type { EmptyShowKind, ShowKind, ShowOptions, StatementTree } from './statement-tree';

const emptyKinds: readonly EmptyShowKind[] = [
  'STAGES',
  'STREAMS',
  'USER FUNCTIONS',
  'DYNAMIC TABLES',
  'MATERIALIZED VIEWS',
  'IMPORTED KEYS',
];
const showKinds: readonly ShowKind[] = [
  'DATABASES',
  'SCHEMAS',
  'TABLES',
  'VIEWS',
  'OBJECTS',
  'COLUMNS',
  'PRIMARY KEYS',
  'WAREHOUSES',
  'ROLES',
  'PARAMETERS',
  'SEMANTIC VIEWS',
  'SEMANTIC DIMENSIONS',
  'SEMANTIC METRICS',
  'SEMANTIC FACTS',
  'MODELS',
  'CORTEX SEARCH SERVICES',
  ...emptyKinds,
];

/** A whole statement. What is not written here is refused by its first words. */
class StatementParser extends SearchParser {
  statement(): StatementTree {
    const tree = this.oneStatement();
    if (this.at('->>')) throw this.refuse('the ->> chain of statements');
    this.take(';');
    if (this.token.kind !== 'end') {
      if (this.ahead(-1).text === ';') throw this.refuse('several statements in one request');
      throw this.unexpected();
    }
    return tree;
  }

  private oneStatement(): StatementTree {
    if (this.token.kind === 'end') throw this.unexpected();
    if (this.startsQuery()) return { t: 'query', query: this.query() };
    const known = this.semanticStatement() ?? this.searchStatement() ?? this.accountStatement() ?? this.dataStatement();
    if (known) return known;
    switch (this.token.kind === 'word' ? this.token.text : '') {
      case 'USE':
        return this.use();
      case 'SHOW':
        return this.show();
      case 'DESC':
      case 'DESCRIBE':
        return this.describe();
      case 'EXPLAIN':
        return this.explain();
      case 'SET':
        return this.setVariables();
      case 'UNSET':
        this.next();
        return { t: 'unsetVariables', names: this.names().map(({ text }) => text) };
      case 'BEGIN':
      case 'START':
      case 'COMMIT':
      case 'ROLLBACK':
        return this.transaction();
      case 'ALTER':
        if (this.at('ALTER', 'SESSION')) return this.alterSession();
    }
    throw this.unknownStatement();
  }

  /** A known verb is unsupported; anything else is no SQL. */
  private unknownStatement() {
    const verbs =
      'ALTER CREATE DROP GRANT REVOKE CALL COPY PUT GET LIST LS REMOVE RM EXECUTE DECLARE UNDROP COMMENT SHOW DESCRIBE TRUNCATE';
    const { kind, text, source } = this.token;
    if (kind !== 'word' || !verbs.split(' ').includes(text)) return this.unexpected();
    const following = this.ahead(1);
    return this.refuse(following.kind === 'word' ? `${text} ${following.text}` : source.toUpperCase());
  }

  private names(): Name[] {
    return this.take('(') ? this.rest(this.commaSeparated(() => this.name())) : this.commaSeparated(() => this.name());
  }

  private rest<T>(value: T): T {
    this.expect(')');
    return value;
  }

  private use(): StatementTree {
    this.next();
    if (this.take('SECONDARY', 'ROLES')) {
      const word = this.next();
      if (word.text !== 'ALL' && word.text !== 'NONE') throw this.refuse('USE SECONDARY ROLES with a list', word.at);
      return { t: 'useSecondaryRoles', roles: word.text };
    }
    const follows = this.ahead(1).kind !== 'end' && this.ahead(1).text !== ';' && this.ahead(1).text !== '.';
    const kind = follows ? this.takeOneOf('ROLE', 'WAREHOUSE', 'DATABASE', 'SCHEMA') : undefined;
    return {
      t: 'use',
      kind: (kind ?? 'ANY') as 'ROLE' | 'WAREHOUSE' | 'DATABASE' | 'SCHEMA' | 'ANY',
      name: this.qualifiedName(),
    };
  }

  private show(): StatementTree {
    this.next();
    const terse = this.take('TERSE');
    if (this.take('GRANTS')) return this.showGrants();
    const kind = showKinds.find((name) => this.take(...name.split(' ')));
    if (!kind) throw this.refuse(`SHOW ${this.token.text}`);
    if (this.at('HISTORY')) throw this.refuse(`SHOW ${kind} HISTORY`);
    return { t: 'show', kind, options: this.showOptions(terse), grants: undefined };
  }

  private showGrants(): StatementTree {
    const options = this.noOptions();
    if (!this.take('TO')) {
      if (this.token.kind !== 'end') throw this.refuse('SHOW GRANTS ON and OF');
      return { t: 'show', kind: 'GRANTS', options, grants: undefined };
    }
    const target = this.takeOneOf('USER', 'ROLE') as 'USER' | 'ROLE' | undefined;
    if (!target) throw this.refuse(`SHOW GRANTS TO ${this.token.text}`);
    return { t: 'show', kind: 'GRANTS', options, grants: { target, name: this.name() } };
  }

  private noOptions(): ShowOptions {
    return { terse: false, like: undefined, scope: undefined, startsWith: undefined, limit: undefined };
  }

  private showOptions(terse: boolean): ShowOptions {
    const options: ShowOptions = { ...this.noOptions(), terse };
    if (this.take('LIKE')) options.like = this.stringLiteral();
    if (this.take('IN') || this.take('FOR')) options.scope = this.showScope();
    if (this.take('LIKE')) options.like = this.stringLiteral();
    if (this.take('STARTS', 'WITH')) options.startsWith = this.stringLiteral();
    if (this.take('LIMIT')) {
      const rows = this.wholeNumber();
      if (rows > 10_000) throw this.refuse('SHOW … LIMIT above 10000');
      options.limit = { rows, from: this.take('FROM') ? this.stringLiteral() : undefined };
    }
    return options;
  }

  private showScope(): ShowOptions['scope'] {
    if (this.take('ACCOUNT') || this.take('SESSION')) return { kind: 'ACCOUNT', name: [] };
    const word = this.takeOneOf('DATABASE', 'SCHEMA', 'TABLE', 'VIEW');
    const kind = word === 'VIEW' ? 'TABLE' : (word as 'DATABASE' | 'SCHEMA' | 'TABLE' | undefined);
    return { kind, name: this.isName() || this.at('IDENTIFIER', '(') ? this.qualifiedName() : [] };
  }

  private describe(): StatementTree {
    this.next();
    if (this.take('RESULT')) return { t: 'describeResult', queryId: this.expression() };
    const kind = this.takeOneOf('TABLE', 'VIEW') as 'TABLE' | 'VIEW' | undefined;
    if (!kind && this.ahead(1).kind !== 'end' && this.ahead(1).text !== '.')
      throw this.refuse(`DESCRIBE ${this.token.text}`);
    return { t: 'describe', kind: kind ?? 'ANY', name: this.qualifiedName() };
  }

  private explain(): StatementTree {
    this.next();
    const using = this.take('USING');
    const format = using ? this.takeOneOf('TABULAR', 'JSON', 'TEXT') : 'TABULAR';
    if (!format) throw this.unexpected();
    return { t: 'explain', format: format as 'TABULAR' | 'JSON' | 'TEXT', statement: this.oneStatement() };
  }

  private setVariables(): StatementTree {
    this.next();
    if (!this.at('(')) return { t: 'setVariables', values: [[this.name().text, this.assigned()]] };
    const names = this.names();
    this.expect('=');
    const values = this.inParentheses(() => this.commaSeparated(() => this.expression()));
    if (values.length !== names.length) throw this.unexpected();
    return { t: 'setVariables', values: values.map((value, index) => [names[index]?.text ?? '', value]) };
  }

  private assigned() {
    this.expect('=');
    return this.expression();
  }

  private transaction(): StatementTree {
    const verb = this.next().text;
    const known = verb === 'START' ? 'BEGIN' : (verb as 'BEGIN' | 'COMMIT' | 'ROLLBACK');
    if (
      known === 'BEGIN' &&
      this.token.kind !== 'end' &&
      !this.at('TRANSACTION') &&
      !this.at('WORK') &&
      !this.at(';')
    ) {
      throw this.refuse('Snowflake Scripting');
    }
    this.takeOneOf('TRANSACTION', 'WORK');
    if (this.take('NAME')) this.name();
    return { t: 'transaction', verb: known };
  }

  private alterSession(): StatementTree {
    this.expect('ALTER', 'SESSION');
    if (this.take('UNSET')) return { t: 'alterSession', set: [], unset: this.names().map(({ text }) => text) };
    this.expect('SET');
    const set: [string, string | number | boolean][] = [];
    do {
      const name = this.anyName().text;
      this.expect('=');
      set.push([name, this.parameterValue()]);
      this.take(',');
    } while (this.token.kind === 'word');
    return { t: 'alterSession', set, unset: [] };
  }

  private parameterValue(): string | number | boolean {
    const token = this.next();
    if (token.kind === 'number') return Number(token.text);
    if (token.kind === 'string') return token.text;
    if (token.text === 'TRUE' || token.text === 'FALSE') return token.text === 'TRUE';
    if (token.kind === 'word') return token.text;
    throw this.unexpected(token);
  }
}

/** Parses one statement. */
export const parseStatement = (sql: string): StatementTree => new StatementParser(sql).statement();
