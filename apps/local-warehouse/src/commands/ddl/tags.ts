import { Access } from '../../catalog/access';
import type { SetTag } from '../../catalog/catalog-entries';
import type { StatementTree, TagChange } from '../../parser/statement-tree';
import type { CompiledStatement } from '../../sql/compiled-statement';
import type { Statement } from '../../statements/statement';
import { typeError } from '../../statements/warehouse-error';
import { ddlCommand } from '../status-result';
import { alreadyExists } from './object-errors';

export function compileCreateTag(
  tree: Extract<StatementTree, { t: 'createTag' }>,
  statement: Statement,
): CompiledStatement {
  const access = new Access(statement.session, statement.context);
  const [database, schemaName, name] = access.qualify(tree.name.map(({ text }) => text));
  const { schema } = access.writableSchema(database, schemaName);
  return ddlCommand(() => {
    const { catalog, locks } = statement.session.account;
    return locks.run(JSON.stringify([database, schemaName, name]), async () => {
      const exists = schema.tags.has(name);
      if (exists && tree.creation === 'skip') return `${name} already exists, statement succeeded.`;
      if (exists && tree.creation === 'fail') throw alreadyExists(name);
      const tag = { name, owner: statement.context.role, createdAt: Date.now(), allowed: tree.allowed };
      await catalog.putTag(database, schema, tag);
      return `Tag ${name} successfully created.`;
    });
  });
}

/** The tags of an object or column after SET TAG or UNSET TAG. */
export function retagged(before: readonly SetTag[] = [], { set, unset }: TagChange, access: Access): SetTag[] {
  const tags = new Map(before.map((tag) => [keyOf(tag), tag]));
  for (const { tag: names, value } of set) {
    const { database, schema, tag } = access.tagNamed(names.map(({ text }) => text));
    if (tag.allowed.length > 0 && !tag.allowed.includes(value))
      throw typeError(`Tag '${tag.name}' may not have the value '${value}'`, names[0]?.at);
    const one = { database, schema, name: tag.name, value };
    tags.set(keyOf(one), one);
  }
  for (const names of unset) {
    const { database, schema, tag } = access.tagNamed(names.map(({ text }) => text));
    tags.delete(keyOf({ database, schema, name: tag.name }));
  }
  return [...tags.values()];
}

const keyOf = ({ database, schema, name }: Omit<SetTag, 'value'>) => JSON.stringify([database, schema, name]);
