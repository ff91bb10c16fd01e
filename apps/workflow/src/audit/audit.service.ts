import { Injectable } from '@nestjs/common';
import type { AuditRequest, ChainPage, VerifiedStretch, VerifyAuditRequest } from '@snowflow/contracts/audit/audit.dto';
import { AuditReader } from '@snowflow/platform/audit/audit-reader';
import { AuditWalk } from '@snowflow/platform/audit/audit-walk';
import { WorkflowStore } from '../database/workflow-store';
import { CurrentSession } from '../validation/current-session';

const SCHEMA = 'workflow';

/** What owners and admins see of who changed what in workflows and all that belongs to them. */
@Injectable()
export class AuditService {
  private readonly reader = new AuditReader(SCHEMA);
  private readonly walk = new AuditWalk(SCHEMA);

  constructor(
    private readonly session: CurrentSession,
    private readonly store: WorkflowStore,
  ) {}

  async list(request: AuditRequest): Promise<ChainPage> {
    const { tenantId } = await this.session.requireAdmin('see its audit log');
    return this.store.transaction(tenantId, (db) => this.reader.page(db, tenantId, request));
  }

  async verify(from: VerifyAuditRequest): Promise<VerifiedStretch> {
    const { tenantId } = await this.session.requireAdmin('verify its audit log');
    return this.store.transaction(tenantId, (db) => this.walk.verify(db, tenantId, from));
  }
}
