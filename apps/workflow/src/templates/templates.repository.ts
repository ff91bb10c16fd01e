import { Injectable } from '@nestjs/common';
import { sql, type Insertable, type Kysely, type Selectable } from 'kysely';
import type { TemplateCategory } from '@snowflow/contracts/documents/template-terms';
import type { PageEnd } from '../database/page-cursor';
import type { WorkflowDatabase } from '../database/workflow-database';
import type { StoredContents, TemplatesTable } from './templates.tables';

export type TemplateRow = Selectable<TemplatesTable>;

/** The tenant's own templates: everybody of it sees them. */
@Injectable()
export class TemplatesRepository {
  async list(
    db: Kysely<WorkflowDatabase>,
    page: { search?: string; category?: TemplateCategory; after?: PageEnd; limit: number },
  ): Promise<TemplateRow[]> {
    let query = db.selectFrom('workflow.templates').selectAll();
    if (page.category) query = query.where('category', '=', page.category);
    if (page.search) {
      const said = sql`lower(name || ' ' || description || ' ' || tags::text)`;
      query = query.where(sql<boolean>`strpos(${said}, lower(${page.search})) > 0`);
    }
    if (page.after) query = query.where(sql<boolean>`(updated_at, id) < (${page.after.at}, ${page.after.id})`);
    return query.orderBy('updated_at', 'desc').orderBy('id', 'desc').limit(page.limit).execute();
  }

  async find(
    db: Kysely<WorkflowDatabase>,
    id: string,
    options: { lock?: boolean } = {},
  ): Promise<TemplateRow | undefined> {
    const query = db.selectFrom('workflow.templates').selectAll().where('id', '=', id);
    return (options.lock ? query.forUpdate() : query).executeTakeFirst();
  }

  async insert(db: Kysely<WorkflowDatabase>, row: Insertable<TemplatesTable>): Promise<void> {
    await db.insertInto('workflow.templates').values(row).execute();
  }

  async change(
    db: Kysely<WorkflowDatabase>,
    id: string,
    {
      tags,
      contents,
      ...words
    }: Pick<TemplateRow, 'name' | 'description' | 'category' | 'tags'> & {
      contents: StoredContents;
    },
  ): Promise<void> {
    await db
      .updateTable('workflow.templates')
      .set({
        ...words,
        tags: JSON.stringify(tags),
        contents: JSON.stringify(contents),
        updated_at: sql<Date>`now()`,
      })
      .where('id', '=', id)
      .execute();
  }

  async remove(db: Kysely<WorkflowDatabase>, id: string): Promise<void> {
    await db.deleteFrom('workflow.templates').where('id', '=', id).execute();
  }
}
