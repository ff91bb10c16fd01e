import type { SemanticModel } from '@snowflow/contracts/semantic/semantic-model';
import { Access } from '../../catalog/access';
import type { SemanticViewEntry } from '../../catalog/catalog-entries';
import type { Creation, StatementTree } from '../../parser/statement-tree';
import type { CompiledStatement } from '../../sql/compiled-statement';
import type { Statement } from '../../statements/statement';
import { accessDenied, objectNotFound } from '../../statements/warehouse-error';
import { ddlCommand } from '../status-result';
import { checkedModel } from './checked-model';
import { alreadyExists } from './object-errors';

/** CREATE SEMANTIC VIEW: every part of it is compiled now, so that a wrong one is told before it is kept. */
export function compileCreateSemanticView(
  tree: Extract<StatementTree, { t: 'createSemanticView' }>,
  statement: Statement,
): CompiledStatement {
  const access = new Access(statement.session, statement.context);
  const tables = tree.model.tables.map((table, index) => {
    const [database, schema, name] = access.qualify((tree.bases[index] ?? []).map(({ text }) => text));
    return { ...table, base_table: { database, schema, table: name } };
  });
  const place = access.qualify(tree.name.map(({ text }) => text));
  return createSemanticView({ ...tree.model, tables }, place, tree.creation, statement);
}

/** The statement that keeps a model as a view, once it is checked. */
export function createSemanticView(
  model: SemanticModel,
  [database, schema, name]: readonly [string, string, string],
  creation: Creation,
  statement: Statement,
): CompiledStatement {
  const access = new Access(statement.session, statement.context);
  access.writableSchema(database, schema);
  const checked = checkedModel(model, statement);
  return ddlCommand(async () => {
    const { catalog, locks } = statement.session.account;
    return locks.run(JSON.stringify([database, schema, name]), async () => {
      const place = catalog.schema(database, schema);
      const existing = place?.semanticViews.get(name);
      if (existing && creation === 'skip') return `${name} already exists, statement succeeded.`;
      if (place?.relations.has(name) || (existing && creation === 'fail')) throw alreadyExists(name);
      const view: SemanticViewEntry = {
        database,
        schema,
        name,
        owner: access.context.role,
        createdAt: Date.now(),
        comment: model.description,
        model: checked,
      };
      await catalog.putSemanticView(view);
      return `Semantic view ${name} successfully created.`;
    });
  });
}

export function compileDropSemanticView(
  tree: Extract<StatementTree, { t: 'dropSemanticView' }>,
  statement: Statement,
): CompiledStatement {
  const access = new Access(statement.session, statement.context);
  const name = tree.name.map(({ text }) => text);
  const view = access.findSemanticView(name);
  const last = name.at(-1) ?? '';
  if (!view) {
    if (!tree.ifExists) throw objectNotFound('Semantic view', name.join('.'));
    return ddlCommand(async () => `Drop statement executed successfully (${last} already dropped).`);
  }
  if (!access.holds(view.owner))
    throw accessDenied(`Insufficient privileges to operate on semantic view '${view.name}'`);
  return ddlCommand(async () => {
    await statement.session.account.catalog.dropSemanticView(view);
    return `${last} successfully dropped.`;
  });
}
