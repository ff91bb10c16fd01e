import { Injectable } from '@nestjs/common';
import {
  AUDIT_LOGS,
  type AuditLogName,
  type AuditPageView,
  type AuditRequest,
  type AuditVerificationView,
  type ChainPage,
  type VerifiedChainView,
  type VerifiedStretch,
} from '@snowflow/contracts/audit/audit.dto';
import { type AuthClient, authContract } from '@snowflow/contracts/auth/auth.contract';
import { type WorkflowClient, workflowContract } from '@snowflow/contracts/workflow/workflow.contract';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import type { ServerResponse } from 'node:http';
import { parseAuditCursor } from './audit-cursor';
import type { AuditQuery } from './audit.query';
import { mergeChains } from './merge-chains';

const DEFAULT_LIMIT = 50;

/** The logs of the services, each with a chain of its own, as one. */
@Injectable()
export class AuditLogs {
  private readonly services: Readonly<Record<AuditLogName, Pick<AuthClient & WorkflowClient, 'audit' | 'verifyAudit'>>>;

  constructor(@InjectClient(authContract) auth: AuthClient, @InjectClient(workflowContract) workflow: WorkflowClient) {
    this.services = { auth, workflow };
  }

  async page({ limit = DEFAULT_LIMIT, cursor, ...filters }: AuditQuery): Promise<AuditPageView> {
    const from = parseAuditCursor(cursor);
    const pageOf = (log: AuditLogName) => this.chain(log, { ...filters, before: from?.[log], limit });
    const [auth, workflow] = await Promise.all([pageOf('auth'), pageOf('workflow')]);
    return mergeChains({ auth, workflow }, limit, from);
  }

  chain(log: AuditLogName, request: AuditRequest): Promise<ChainPage> {
    return this.services[log].audit(request);
  }

  /** Stretch by stretch, so that no service is kept by a long log, and no further than somebody waits for it. */
  async verify(client: ServerResponse): Promise<AuditVerificationView> {
    const chains = await Promise.all(AUDIT_LOGS.map((log) => this.verifyChain(log, client)));
    return { intact: chains.every(({ broken }) => broken === null), chains };
  }

  private async verifyChain(log: AuditLogName, client: ServerResponse): Promise<VerifiedChainView> {
    let at: VerifiedStretch = await this.services[log].verifyAudit({});
    while (!at.ended && !client.destroyed) {
      at = await this.services[log].verifyAudit({ seq: at.seq, hash: at.hash });
    }
    return { log, entries: at.seq, hash: at.hash, broken: at.broken };
  }
}
