/** Who did something: a person in a session, a caller by an API key, or SnowFlow itself by a schedule or of its own. */
export const AUDIT_ACTORS = ['person', 'key', 'schedule', 'system'] as const;
export type AuditActorKind = (typeof AUDIT_ACTORS)[number];

export interface AuditActor {
  kind: AuditActorKind;
  /** `usr_…`, the id of a key or a schedule; empty for SnowFlow itself. */
  id: string;
  /** As people know it: a user name, the name of a key. */
  name: string;
}

/**
 * A change that somebody answers for. `before` and `after` are small, plain and safe to show to every admin: names, numbers, lists of
 * settings; never secrets, row values or step values.
 */
export interface AuditEntry {
  actor: AuditActor;
  /** What happened to which kind of thing, as `workflow.published` or `member.removed`. */
  action: string;
  object: { kind: string; id: string; name: string };
  before?: Readonly<Record<string, unknown>>;
  after?: Readonly<Record<string, unknown>>;
  correlationId: string;
}

/** An entry as it is kept: the `seq`-th of its tenant in one service, chained to the one before it. */
export interface RecordedAuditEntry extends AuditEntry {
  seq: number;
  at: Date;
  previousHash: string;
  hash: string;
}
