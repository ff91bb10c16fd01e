import { createHash, randomBytes } from 'node:crypto';
import type { StatementTree } from '../../parser/statement-tree';
import { smallResult, statementTypes } from '../../results/result';
import type { CompiledStatement } from '../../sql/compiled-statement';
import { text, type ResultColumn } from '../../sql/snowflake-type';
import type { Statement } from '../../statements/statement';
import { objectNotFound, unsupported } from '../../statements/warehouse-error';
import { ddlCommand } from '../status-result';
import { requireAdministrator } from './require-administrator';

type Tree<T extends StatementTree['t']> = Extract<StatementTree, { t: T }>;

const DAY_MS = 86_400_000;
const DEFAULT_DAYS = 15;
const columns: readonly ResultColumn[] = ['token_name', 'token_secret'].map((name) => ({
  name,
  type: text,
  nullable: false,
}));

/** Answers the token this once. People make their own; DAYS_TO_EXPIRY = 0 makes one that has expired, which Snowflake would refuse. */
export function compileAddToken(tree: Tree<'addToken'>, statement: Statement): CompiledStatement {
  if (tree.user !== statement.session.person.name) requireAdministrator(statement);
  const properties = new Map(tree.properties);
  for (const name of properties.keys()) {
    if (!['ROLE_RESTRICTION', 'DAYS_TO_EXPIRY', 'COMMENT'].includes(name)) {
      throw unsupported(`the token property ${name}`);
    }
  }
  return {
    columns,
    statementTypeId: statementTypes.ddl,
    run: async ({ session }) => {
      const secret = `pat-${randomBytes(32).toString('base64url')}`;
      const role = properties.get('ROLE_RESTRICTION');
      const days = Number(properties.get('DAYS_TO_EXPIRY') ?? DEFAULT_DAYS);
      await session.account.population.change(tree.user, (person) => {
        person.tokens = person.tokens.filter(({ name }) => name !== tree.token);
        person.tokens.push({
          name: tree.token,
          digest: digestOf(secret),
          role: role === undefined ? undefined : String(role).toUpperCase(),
          expiresAtMs: Date.now() + days * DAY_MS,
        });
      });
      return smallResult(columns, [[tree.token, secret]], statementTypes.ddl);
    },
  };
}

export function compileRemoveToken(tree: Tree<'removeToken'>, statement: Statement): CompiledStatement {
  if (tree.user !== statement.session.person.name) requireAdministrator(statement);
  return ddlCommand(async ({ session }) => {
    await session.account.population.change(tree.user, (person) => {
      if (!person.tokens.some(({ name }) => name === tree.token)) throw objectNotFound('Token', tree.token);
      person.tokens = person.tokens.filter(({ name }) => name !== tree.token);
    });
    return 'Statement executed successfully.';
  });
}

export const digestOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');
