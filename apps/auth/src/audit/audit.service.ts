import { Injectable } from '@nestjs/common';
import type { AuditRequest, ChainPage, VerifiedStretch, VerifyAuditRequest } from '@snowflow/contracts/audit/audit.dto';
import { AuditReader } from '@snowflow/platform/audit/audit-reader';
import { AuditWalk } from '@snowflow/platform/audit/audit-walk';
import { TenantDatabase } from '@snowflow/platform/postgres/tenant-database';
import { Caller } from '../members/caller';
import { AUTH_SCHEMA } from '../storage/migrations';

/** What owners and admins see of who changed what in their tenant. */
@Injectable()
export class AuditService {
  private readonly reader = new AuditReader(AUTH_SCHEMA);
  private readonly walk = new AuditWalk(AUTH_SCHEMA);

  constructor(
    private readonly caller: Caller,
    private readonly database: TenantDatabase,
  ) {}

  async list(request: AuditRequest): Promise<ChainPage> {
    const { tenantId } = await this.caller.admin('see its audit log');
    return this.database.transaction(tenantId, (db) => this.reader.page(db, tenantId, request));
  }

  async verify(from: VerifyAuditRequest): Promise<VerifiedStretch> {
    const { tenantId } = await this.caller.admin('verify its audit log');
    return this.database.transaction(tenantId, (db) => this.walk.verify(db, tenantId, from));
  }
}
