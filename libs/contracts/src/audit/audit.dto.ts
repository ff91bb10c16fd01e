import { Flag, FreeObject, Moment, Nested, OneOf, Text, Whole } from '../dto/fields';
import { AUDIT_ACTORS, type AuditActorKind } from './audit-entry';

/** Each service keeps a chain of its own. */
export const AUDIT_LOGS = ['auth', 'workflow'] as const;
export type AuditLogName = (typeof AUDIT_LOGS)[number];
export const AUDIT_FAULTS = ['changed', 'unlinked', 'missing', 'cut-off'] as const;
export type AuditFault = (typeof AUDIT_FAULTS)[number];

/** Which entries a list shows. */
export class AuditFilters {
  @Text({ optional: true, description: 'An id, or a part of a name' }) actor?: string;
  @Text({ optional: true, description: 'An action, or what comes before its dot: workflow.saved, workflow' })
  action?: string;
  @Text({ optional: true, description: 'As workflow, member, credential' }) objectKind?: string;
  @Text({ optional: true }) objectId?: string;
  @Text({ optional: true, description: "A part of the object's name" }) search?: string;
  @Text({ optional: true }) correlationId?: string;
  @Text({ optional: true, max: 40, description: 'At this moment or day, or later' }) from?: string;
  @Text({ optional: true, max: 40, description: 'Before this moment or day' }) to?: string;
}

/** The newest entries before one, or with `after` the oldest after one. */
export class AuditRequest extends AuditFilters {
  @Whole({ optional: true, min: 1 }) before?: number;
  @Whole({ optional: true, min: 0 }) after?: number;
  @Whole({ min: 1, max: 1_000 }) limit: number;
}

export class AuditActorView {
  @OneOf(AUDIT_ACTORS) kind: AuditActorKind;
  @Text({ min: 0 }) id: string;
  @Text({ min: 0, max: 500 }) name: string;
}

export class AuditObjectView {
  @Text() kind: string;
  @Text() id: string;
  @Text({ min: 0, max: 500 }) name: string;
}

/** An entry of a service's chain. */
export class ChainedEntryView {
  @Whole({ min: 1, description: 'Its place in the chain' }) seq: number;
  @Moment() at: string;
  @Nested(() => AuditActorView) actor: AuditActorView;
  @Text() action: string;
  @Nested(() => AuditObjectView) object: AuditObjectView;
  @FreeObject({ nullable: true }) before: Record<string, unknown> | null;
  @FreeObject({ nullable: true }) after: Record<string, unknown> | null;
  @Text() correlationId: string;
  @Text({ min: 0, description: 'Of the entry before it; empty for the first' }) previousHash: string;
  @Text() hash: string;
  @OneOf(['changed', 'unlinked'], {
    nullable: true,
    description: 'changed: it says another thing than when it was written; unlinked: its neighbours do not fit it',
  })
  fault: AuditFault | null;
}

export class AuditEntryView extends ChainedEntryView {
  @OneOf(AUDIT_LOGS, { description: 'The service whose chain it is in' }) log: AuditLogName;
}

/** The end of a chain. */
export class AuditHeadView {
  @Whole() seq: number;
  @Text({ min: 0 }) hash: string;
}

/** Entries of one service; `endHolds`: the chain's newest entry is the one that its head names. */
export class ChainPage {
  @Nested(() => ChainedEntryView, { many: true }) entries: ChainedEntryView[];
  @Flag() more: boolean;
  @Flag() endHolds: boolean;
  @Nested(() => AuditHeadView) head: AuditHeadView;
}

export class AuditPageView {
  @Nested(() => AuditEntryView, { many: true }) items: AuditEntryView[];
  @Text({ nullable: true, max: 2_000, description: 'Give it as cursor for the next page' }) nextCursor: string | null;
  @Flag({ description: 'Every entry shown is as it was written, beside its neighbours, and no end is cut off' })
  intact: boolean;
}

/** From where a chain is walked on: an entry that was found whole; none: from the first. */
export class VerifyAuditRequest {
  @Whole({ optional: true }) seq?: number;
  @Text({ optional: true, min: 0 }) hash?: string;
}

/** The first place where a chain does not hold. */
export class AuditBreak {
  @Whole({ min: 1 }) seq: number;
  @OneOf(AUDIT_FAULTS, {
    description:
      'changed: the entry says another thing than when it was written; missing: it is gone; unlinked: it does not fit the one before it; cut-off: from it on the end is gone',
  })
  fault: AuditFault;
}

/** How far a walk came: to `seq`, which is the chain's end where `ended`. */
export class VerifiedStretch extends AuditHeadView {
  @Flag() ended: boolean;
  @Nested(() => AuditBreak, { nullable: true }) broken: AuditBreak | null;
}

export class VerifiedChainView {
  @OneOf(AUDIT_LOGS) log: AuditLogName;
  @Whole({ description: 'Entries that were found whole, from the first on' }) entries: number;
  @Text({ min: 0, description: 'Of the last of them: kept elsewhere, it proves later that none was rewritten' })
  hash: string;
  @Nested(() => AuditBreak, { nullable: true }) broken: AuditBreak | null;
}

export class AuditVerificationView {
  @Flag() intact: boolean;
  @Nested(() => VerifiedChainView, { many: true }) chains: VerifiedChainView[];
}
