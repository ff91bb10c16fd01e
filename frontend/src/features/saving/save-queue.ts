import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import { ApiError, UnreachableError, messageOf } from '../../api/api-error';
import { busyForMs } from '../../api/asks-again';
import type { Saved } from '../../api/types';
import type { KeptDraft } from './kept-draft';
import { sameJson } from './same-json';

export type SaveState =
  | { kind: 'saved'; at: string | undefined }
  | { kind: 'saving' }
  | { kind: 'offline'; changes: number }
  | { kind: 'busy'; changes: number }
  | { kind: 'failed'; message: string }
  | { kind: 'signed-out' }
  | { kind: 'conflict'; revision: number; stale?: StaleSave };

/** What it takes to merge a save that came too late: what it was based on, and what stands there now. */
export interface StaleSave {
  base: WorkflowDocument;
  theirs: WorkflowDocument;
}

export interface SaveQueueParts {
  /** Sends one save. `keepalive` asks for a request that outlives the page. */
  send(body: { id: string; revision: number; definition: WorkflowDocument }, keepalive: boolean): Promise<Saved>;
  snapshot(): WorkflowDocument;
  /** Keeps unsent work in this browser; undefined: nothing is unsent. */
  keep(draft: KeptDraft | undefined): void;
  /** Takes both sides together where nobody has to choose anything; false where somebody has to. */
  mergeAlone(revision: number, stale: StaleSave): boolean;
  onState(state: SaveState): void;
}

const QUIET_MS = 800;
const SAVING_SHOWN_AFTER_MS = 400;
const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 30_000;

/**
 * Saves a draft as it changes: a moment after the last change, one save at a time, each naming the revision it is
 * based on. What could not be sent stays in this browser and is tried again.
 */
export class SaveQueue {
  private unsent = 0;
  private inFlight: { definition: WorkflowDocument; promise: Promise<void> } | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private retryMs = FIRST_RETRY_MS;
  private stopped: 'conflict' | 'disposed' | undefined;

  constructor(
    private readonly id: string,
    private revision: number,
    /** What the server has of it. */
    private saved: WorkflowDocument,
    private readonly parts: SaveQueueParts,
  ) {}

  /** The revision that the server has of what this page sent last. */
  get savedRevision(): number {
    return this.revision;
  }

  get hasUnsent(): boolean {
    return this.unsent > 0 || this.inFlight !== undefined;
  }

  /** Takes up work again after `dispose`; React may mount a page twice. */
  start(): void {
    if (this.stopped === 'disposed') this.stopped = undefined;
  }

  /** The document changed. */
  changed(): void {
    if (this.stopped) return;
    this.unsent++;
    this.schedule(QUIET_MS);
  }

  /** Sends at once what is unsent, and waits until everything is saved. Resolves false when it could not be. */
  async flush(keepalive = false): Promise<boolean> {
    if (this.inFlight) await this.inFlight.promise;
    if (this.unsent > 0 && !this.stopped) await this.save(keepalive);
    return !this.hasUnsent && this.stopped !== 'conflict';
  }

  /** The page is about to go: keeps the draft here, and sends it if nothing is on its way already. */
  leave(): void {
    if (!this.hasUnsent || this.stopped) return;
    this.keepHere();
    if (!this.inFlight) void this.save(true);
  }

  /** Somebody else has signed in: keeps the draft here for its person, and sends nothing more under the other's name. */
  park(): void {
    if (this.hasUnsent && !this.stopped) this.keepHere();
    this.dispose();
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.stopped = 'disposed';
  }

  /** What does not merge by itself is not saved until somebody decided; only what can be merged comes with both sides. */
  conflicts(revision: number, stale?: StaleSave): void {
    this.stopped ??= 'conflict';
    if (this.unsent === 0) this.unsent = 1;
    if (stale && this.stopped === 'conflict' && this.parts.mergeAlone(revision, stale)) {
      this.resolve(revision, stale.theirs);
    } else this.show({ kind: 'conflict', revision, ...(stale ? { stale } : {}) });
  }

  /** What is drawn from now on follows from that revision, and is saved on top of it. */
  resolve(revision: number, saved: WorkflowDocument): void {
    if (this.stopped !== 'conflict') return;
    this.stopped = undefined;
    this.revision = revision;
    this.saved = saved;
    this.unsent += 1;
    this.keepHere();
    this.show({ kind: 'saving' });
    this.schedule(0);
  }

  private schedule(delay: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush(), delay);
  }

  private save(keepalive: boolean): Promise<void> {
    clearTimeout(this.timer);
    const definition = this.parts.snapshot();
    const sent = this.unsent;
    this.unsent = 0;
    const shown = setTimeout(() => this.show({ kind: 'saving' }), SAVING_SHOWN_AFTER_MS);
    const promise = this.parts
      .send({ id: this.id, revision: this.revision, definition }, keepalive)
      .then(
        ({ revision, savedAt }) => this.succeeded(revision, definition, savedAt),
        (error: unknown) => this.failed(error, definition, sent),
      )
      .finally(() => clearTimeout(shown));
    this.inFlight = { definition, promise };
    return promise;
  }

  private succeeded(revision: number, definition: WorkflowDocument, savedAt: string | undefined): void {
    this.inFlight = undefined;
    this.revision = revision;
    this.saved = definition;
    this.retryMs = FIRST_RETRY_MS;
    if (this.unsent > 0) {
      this.keepHere();
      if (!this.stopped) this.schedule(QUIET_MS);
      return;
    }
    this.parts.keep(undefined);
    this.show({ kind: 'saved', at: savedAt });
  }

  private failed(error: unknown, definition: WorkflowDocument, sent: number): void {
    const conflict = error instanceof ApiError && error.code === 'REVISION_CONFLICT' ? error.body.current : undefined;
    // A save whose answer was lost is not a conflict: the newer revision is what this page sent.
    if (conflict && sameJson(conflict.definition, definition)) {
      this.succeeded(conflict.revision, definition, undefined);
      return;
    }
    this.inFlight = undefined;
    this.unsent += sent;
    this.keepHere();
    if (conflict || (error instanceof ApiError && error.code === 'REVISION_CONFLICT')) {
      const stale = conflict && { base: this.saved, theirs: conflict.definition };
      this.conflicts(conflict?.revision ?? this.revision + 1, stale);
    } else if (error instanceof UnreachableError) {
      this.show({ kind: 'offline', changes: this.unsent });
      this.retryLater(this.retryMs);
    } else if (busyForMs(error) !== undefined) {
      this.show({ kind: 'busy', changes: this.unsent });
      this.retryLater(Math.max(this.retryMs, busyForMs(error) ?? 0));
    } else if (error instanceof ApiError && error.status === 401) {
      this.show({ kind: 'signed-out' });
    } else {
      this.show({ kind: 'failed', message: messageOf(error) });
    }
  }

  private retryLater(waitMs: number): void {
    if (!this.stopped) this.schedule(waitMs);
    this.retryMs = Math.min(this.retryMs * 2, LAST_RETRY_MS);
  }

  private keepHere(): void {
    this.parts.keep({
      revision: this.revision,
      definition: this.parts.snapshot(),
      ...(this.inFlight ? { inFlight: this.inFlight.definition } : {}),
    });
  }

  private show(state: SaveState): void {
    if (this.stopped !== 'disposed') this.parts.onState(state);
  }
}
