import { Access } from '../../catalog/access';
import type { StatementTree } from '../../parser/statement-tree';
import type { CompiledStatement } from '../../sql/compiled-statement';
import type { Statement } from '../../statements/statement';
import { ddlCommand } from '../status-result';

/** USAGE and SELECT, the rights to look: who owns the object gives and takes them. */
export function compileGrantReading(
  { verb, kind, name, role: asked }: Extract<StatementTree, { t: 'grantReading' }>,
  statement: Statement,
): CompiledStatement {
  const access = new Access(statement.session, statement.context);
  const { catalog, population } = statement.session.account;
  const role = population.role(asked);
  const names = name.map(({ text }) => text);
  const change = (readers: readonly string[] = []) => {
    const others = readers.filter((one) => one !== role);
    return verb === 'GRANT' ? [...others, role] : others;
  };
  return ddlCommand(async ({ session }) => {
    if (kind === 'DATABASE') await catalog.setReadersOfDatabase(access.writableDatabase(names[0] ?? ''), change);
    else if (kind === 'SCHEMA') {
      const [last = '', first = access.context.database ?? ''] = [...names].reverse();
      const { database, schema } = access.writableSchema(first, last);
      await catalog.setReadersOfSchema(database, schema, change);
    } else {
      const from = access.writableRelation(names);
      await catalog.replaceRelations(session, [{ from, to: { ...from, readers: change(from.readers) } }]);
    }
    return 'Statement executed successfully.';
  });
}
