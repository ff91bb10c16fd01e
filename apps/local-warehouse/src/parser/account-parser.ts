import { DataParser } from './data-parser';
import type { PropertyValue, StatementTree } from './statement-tree';

const MANAGING = ['MANAGE', 'GRANTS', 'ON', 'ACCOUNT'];
const TOKEN_WORDS = ['PROGRAMMATIC', 'ACCESS', 'TOKEN'];

/** Statements about users, roles and their grants. */
export abstract class AccountParser extends DataParser {
  protected accountStatement(): StatementTree | undefined {
    if (this.at('CREATE', 'USER') || this.at('CREATE', 'ROLE')) return this.createPrincipal(false);
    if (this.at('CREATE', 'OR', 'REPLACE', 'ROLE')) return this.createPrincipal(true);
    if (this.at('DROP', 'USER') || this.at('DROP', 'ROLE')) return this.dropPrincipal();
    if (this.take('ALTER', 'USER')) return this.alterUser();
    if (this.take('GRANT', 'ROLE')) return this.grantRole('GRANT', 'TO');
    if (this.take('REVOKE', 'ROLE')) return this.grantRole('REVOKE', 'FROM');
    if (this.take('GRANT', ...MANAGING)) return this.grantManaging('GRANT', 'TO');
    if (this.take('REVOKE', ...MANAGING)) return this.grantManaging('REVOKE', 'FROM');
    return this.grantReading();
  }

  private createPrincipal(replace: boolean): StatementTree {
    this.next();
    if (replace) this.expect('OR', 'REPLACE');
    const isUser = this.next().text === 'USER';
    const ifNotExists = this.take('IF', 'NOT', 'EXISTS');
    const name = this.name().text;
    const properties = this.properties();
    if (isUser) return { t: 'createUser', name, ifNotExists, properties };
    return { t: 'createRole', name, replace, ifNotExists };
  }

  private dropPrincipal(): StatementTree {
    this.next();
    const isUser = this.next().text === 'USER';
    const ifExists = this.take('IF', 'EXISTS');
    const name = this.name().text;
    return isUser ? { t: 'dropUser', name, ifExists } : { t: 'dropRole', name, ifExists };
  }

  private alterUser(): StatementTree {
    this.take('IF', 'EXISTS');
    const user = this.name().text;
    if (this.take('ADD', ...TOKEN_WORDS) || this.take('ADD', 'PAT')) {
      const token = this.name().text;
      return { t: 'addToken', user, token, properties: this.properties() };
    }
    if (this.take('REMOVE', ...TOKEN_WORDS) || this.take('REMOVE', 'PAT')) {
      return { t: 'removeToken', user, token: this.name().text };
    }
    if (this.take('UNSET'))
      return { t: 'alterUser', user, set: [], unset: this.commaSeparated(() => this.anyName().text) };
    this.expect('SET');
    return { t: 'alterUser', user, set: this.properties(), unset: [] };
  }

  private grantRole(verb: 'GRANT' | 'REVOKE', word: 'TO' | 'FROM'): StatementTree {
    const role = this.name().text;
    this.expect(word);
    if (!this.take('USER')) throw this.refuse(`${verb} ROLE ${word} ${this.token.text}`);
    return { t: 'grantRole', verb, role, user: this.name().text };
  }

  private grantManaging(verb: 'GRANT' | 'REVOKE', word: 'TO' | 'FROM'): StatementTree {
    this.expect(word);
    this.take('ROLE');
    return { t: 'grantManaging', verb, role: this.name().text };
  }

  /** USAGE ON DATABASE and SCHEMA, SELECT ON TABLE and VIEW; all other rights are fixed here. */
  private grantReading(): StatementTree | undefined {
    const readable = [
      ['USAGE', 'DATABASE'],
      ['USAGE', 'SCHEMA'],
      ['SELECT', 'TABLE'],
      ['SELECT', 'VIEW'],
    ] as const;
    for (const verb of ['GRANT', 'REVOKE'] as const) {
      for (const [right, kind] of readable) {
        if (!this.take(verb, right, 'ON', kind)) continue;
        const name = this.qualifiedName();
        this.expect(verb === 'GRANT' ? 'TO' : 'FROM', 'ROLE');
        return { t: 'grantReading', verb, kind, name, role: this.name().text };
      }
    }
    return undefined;
  }

  private properties(): [string, PropertyValue][] {
    const found: [string, PropertyValue][] = [];
    while (this.token.kind === 'word') {
      const name = this.next().text;
      this.expect('=');
      found.push([name, this.propertyValue()]);
      this.take(',');
    }
    return found;
  }

  private propertyValue(): PropertyValue {
    const token = this.next();
    if (token.kind === 'number') return Number(token.text);
    if (token.kind === 'string' || token.kind === 'quoted') return token.text;
    if (token.text === 'TRUE' || token.text === 'FALSE') return token.text === 'TRUE';
    if (token.kind === 'word') return token.text;
    throw this.unexpected(token);
  }
}
