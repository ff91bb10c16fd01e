import { Injectable } from '@nestjs/common';
import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import type { CallLimits } from '@snowflow/contracts/published/call-limits.dto';
import type { PublicationBody } from '@snowflow/contracts/workflow/publication.dto';
import { sql, type Kysely, type RawBuilder, type Selectable } from 'kysely';
import type { WorkflowDatabase } from '../database/workflow-database';
import type { PublicationTables } from './publications.tables';

export type PublicationRow = Selectable<PublicationTables['workflow.publications']>;

/** A publication with the revision that it pins. */
export type PublishedRow = PublicationRow & { name: string; definition: WorkflowDocument; definition_hash: string };

@Injectable()
export class PublicationsRepository {
  find(db: Kysely<WorkflowDatabase>, workflowId: string): Promise<PublicationRow | undefined> {
    return db.selectFrom('workflow.publications').selectAll().where('workflow_id', '=', workflowId).executeTakeFirst();
  }

  /** What is called: nothing where it is not enabled, or its workflow is in the trash or gone. */
  called(slug: string): RawBuilder<PublishedRow> {
    return sql`
      SELECT p.*, w.name, r.definition, r.definition_hash
      FROM workflow.publications p
      JOIN workflow.workflows w ON w.id = p.workflow_id
      JOIN workflow.revisions r ON r.workflow_id = p.workflow_id AND r.revision = p.revision
      WHERE p.slug = ${slug} AND p.enabled AND w.trashed_at IS NULL`;
  }

  /** The other workflow that has the slug; who asks for the same slug at the same time waits for this transaction to end. */
  async holder(
    db: Kysely<WorkflowDatabase>,
    tenantId: string,
    slug: string,
    workflowId: string,
  ): Promise<{ id: string } | undefined> {
    await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`slug|${tenantId}|${slug}`}, 0))`.execute(db);
    return db
      .selectFrom('workflow.publications')
      .select('id')
      .where('slug', '=', slug)
      .where('workflow_id', '!=', workflowId)
      .executeTakeFirst();
  }

  save(
    db: Kysely<WorkflowDatabase>,
    at: { tenantId: string; id: string; workflowId: string; publishedBy: string },
    body: PublicationBody,
    limits: CallLimits,
  ): Promise<PublicationRow> {
    const columns = {
      slug: body.slug,
      revision: body.revision,
      credential_id: body.credentialId,
      role: body.role,
      warehouse: body.warehouse,
      mode: body.mode,
      limits: JSON.stringify(limits),
      enabled: body.enabled,
      published_by: at.publishedBy,
    };
    return db
      .insertInto('workflow.publications')
      .values({ tenant_id: at.tenantId, id: at.id, workflow_id: at.workflowId, ...columns })
      .onConflict((conflict) => conflict.column('workflow_id').doUpdateSet({ ...columns, updated_at: sql`now()` }))
      .returningAll()
      .executeTakeFirstOrThrow();
  }

  async remove(db: Kysely<WorkflowDatabase>, workflowId: string): Promise<void> {
    await db.deleteFrom('workflow.publications').where('workflow_id', '=', workflowId).execute();
  }
}
