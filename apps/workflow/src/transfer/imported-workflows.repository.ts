import { Injectable } from '@nestjs/common';
import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import type { Kysely } from 'kysely';
import type { WorkflowDatabase } from '../database/workflow-database';
import { fingerprint } from '../workflows/fingerprint';
import { type Owner, WorkflowsRepository } from '../workflows/workflows.repository';

/** Where drafts of imported workflows are kept. */
@Injectable()
export class ImportedWorkflowsRepository {
  constructor(private readonly workflows: WorkflowsRepository) {}

  /** The names of the owner's workflows, so that none gets another's. */
  async names(db: Kysely<WorkflowDatabase>, owner: Owner): Promise<Set<string>> {
    const rows = await db
      .selectFrom('workflow.workflows')
      .select('name')
      .where('owner_id', '=', owner.userId)
      .execute();
    return new Set(rows.map(({ name }) => name));
  }

  async add(
    db: Kysely<WorkflowDatabase>,
    owner: Owner & { username: string },
    id: string,
    document: WorkflowDocument,
  ): Promise<void> {
    const hash = fingerprint(document);
    await this.workflows.insert(db, {
      tenant_id: owner.tenantId,
      id,
      owner_id: owner.userId,
      owner_name: owner.username,
      name: document.name,
      revision: 1,
      published: null,
      definition_hash: hash,
      node_count: document.nodes.length,
    });
    await this.workflows.addRevision(
      db,
      {
        tenantId: owner.tenantId,
        workflowId: id,
        revision: 1,
        hash,
        message: 'Imported',
        author: { id: owner.userId, name: owner.username },
      },
      document,
    );
  }
}
