import { Injectable } from '@nestjs/common';
import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import { sql } from 'kysely';
import { WorkflowStore } from '../database/workflow-store';

/** A revision as its runs pin it. */
export interface PinnedRevision {
  name: string;
  document: WorkflowDocument;
  /** SHA-256 in hex: what approvals of credentials name. */
  hash: string;
}

/** The form in which bindings of credentials name a revision. */
export const revisionHashOf = (definitionHash: string): string =>
  Buffer.from(definitionHash, 'base64url').toString('hex');

/** Saved revisions of a tenant, whoever owns them: who may run one without a person is decided by the credential's binding. */
@Injectable()
export class PinnedRevisionsRepository {
  constructor(private readonly store: WorkflowStore) {}

  async find(tenantId: string, workflowId: string, revision: number): Promise<PinnedRevision | undefined> {
    const [row] = await this.store.statement(
      tenantId,
      sql<{ name: string; definition: WorkflowDocument; definition_hash: string }>`
        SELECT w.name, r.definition, r.definition_hash
        FROM workflow.workflows w
        JOIN workflow.revisions r ON r.workflow_id = w.id AND r.revision = ${revision}::integer
        WHERE w.id = ${workflowId} AND w.trashed_at IS NULL`,
    );
    return row && { name: row.name, document: row.definition, hash: revisionHashOf(row.definition_hash) };
  }
}
