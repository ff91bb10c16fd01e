import { Injectable } from '@nestjs/common';
import { WorkflowStore } from '../database/workflow-store';
import { RunPlanning } from '../runs/run-planning';
import type { PinnedPlan } from '../runs/sealed-run';
import { type PinnedRevision, revisionHashOf } from '../unattended/pinned-revisions.repository';
import type { UnattendedOrder } from '../unattended/unattended-order';
import { rightOf } from '../unattended/unattended-runs';
import { UnattendedSessions } from '../unattended/unattended-sessions';
import type { SessionRecord } from '@snowflow/contracts/sessions/session-record';
import { currentPerson } from '@snowflow/transport/request-scope';
import { type LiteralAnswer, literalAnswer } from './literal-answer';
import { type PublicationRow, PublicationsRepository } from './publications.repository';

/** A change of a publication, and of all that planning looks at, holds after this time at the latest. */
const LIFE_MS = 1_000;
const AT_MOST = 1_000;

/** A publication that needs no statement: what it answers, and as whose run that counts. */
export interface Literal {
  answer: LiteralAnswer;
  session: SessionRecord;
  pinned: Omit<PinnedPlan, 'parameters'>;
}

export interface KnownPublication {
  row: PublicationRow;
  pinned: PinnedRevision;
  /** Undefined where a durable run has to find the answer. */
  literal: () => Promise<Literal | undefined>;
}

/** Publications of the last second, so that calls in quick succession read and plan them once. */
@Injectable()
export class KnownPublications {
  private readonly known = new Map<string, { until: number; found: Promise<KnownPublication | undefined> }>();

  constructor(
    private readonly store: WorkflowStore,
    private readonly publications: PublicationsRepository,
    private readonly sessions: UnattendedSessions,
    private readonly planning: RunPlanning,
  ) {}

  find(tenantId: string, slug: string): Promise<KnownPublication | undefined> {
    const key = `${tenantId}|${slug}`;
    const before = this.known.get(key);
    if (before && before.until > Date.now()) return before.found;
    if (this.known.size >= AT_MOST) this.known.clear();
    const entry = { until: Date.now() + LIFE_MS, found: this.read(tenantId, slug) };
    this.known.set(key, entry);
    entry.found.catch(() => this.known.delete(key));
    return entry.found;
  }

  private async read(tenantId: string, slug: string): Promise<KnownPublication | undefined> {
    const [found] = await this.store.statement(tenantId, this.publications.called(slug));
    if (!found) return undefined;
    const { name, definition, definition_hash, ...row } = found;
    const pinned = { name, document: definition, hash: revisionHashOf(definition_hash) };
    let literal: Promise<Literal | undefined> | undefined;
    return { row, pinned, literal: () => (literal ??= this.literalOf(row, pinned)) };
  }

  /** Planned as any run is, under the credential's own session: what it may not do, it may not do here. */
  private async literalOf(row: PublicationRow, pinned: PinnedRevision): Promise<Literal | undefined> {
    if (!mayBeLiteral(pinned)) return undefined;
    const right = rightOf(orderOf(row), pinned);
    return this.sessions.within(row.tenant_id, right, async (session) => {
      const of = { document: { ...pinned.document, parameters: [] }, workflowId: row.workflow_id };
      const planned = await this.planning.plan(currentPerson(), of, session.context, {});
      const answer = literalAnswer(planned.pinned.plan);
      return answer && { answer, session, pinned: planned.pinned };
    });
  }
}

/** Nothing else is planned twice. */
const mayBeLiteral = ({ document: { nodes } }: PinnedRevision) =>
  nodes.every(({ type }) => type === 'source.values' || type === 'output.response');

/** What calls of a publication order. */
export function orderOf(row: PublicationRow): UnattendedOrder {
  return {
    tenantId: row.tenant_id,
    workflowId: row.workflow_id,
    revision: row.revision,
    credentialId: row.credential_id,
    role: row.role,
    warehouse: row.warehouse,
    trigger: 'published',
  };
}
