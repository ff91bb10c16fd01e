import { Injectable } from '@nestjs/common';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { ErrorCode } from '@snowflow/contracts/errors/error-codes';
import type {
  CallingKey,
  PublishedApi,
  PublishedCallReply,
  PublishedCallRequest,
  PublishedRunReply,
  PublishedRunRequest,
  PublishedSlug,
} from '@snowflow/contracts/workflow/publication.dto';
import { currentContext } from '@snowflow/transport/request-scope';
import { parametersOf } from '../runs/run-parameters';
import { UnattendedRuns } from '../unattended/unattended-runs';
import { refuseExcess } from '../workflows/parse-document';
import { CallBudgets } from './call-budgets';
import { type KnownPublication, KnownPublications, orderOf } from './known-publications';
import { publishedApi } from './published-api';
import { PublishedRunsService } from './published-runs.service';
import { ToldRuns } from './told-runs';

/** Calls of published workflows. Who calls is known by a key alone, and so is the tenant. */
@Injectable()
export class PublishedCallsService {
  constructor(
    private readonly known: KnownPublications,
    private readonly budgets: CallBudgets,
    private readonly unattended: UnattendedRuns,
    private readonly runs: PublishedRunsService,
    private readonly told: ToldRuns,
  ) {}

  async call({ slug, key, parameters, durable, idempotencyKey }: PublishedCallRequest): Promise<PublishedCallReply> {
    const publication = await this.find(slug, key);
    const { row, pinned } = publication;
    const { mode } = row;
    refuseExcess('parameters', parameters);
    const calledBy = { publicationId: row.id, keyId: key.id };
    const order = { ...orderOf(row), parameters, calledBy };
    const once = idempotencyKey === undefined ? order : { ...order, key: `${key.id}:${idempotencyKey}` };
    // A repeat has its run whatever was published since and however much is used up: refused, its caller might order a second one.
    const before = await this.unattended.startedBefore(once);
    if (before) return { runId: before.runId, mode };
    const values = parametersOf(pinned.document.parameters, parameters);
    await this.budgets.admit(row, key);
    // A key of idempotency is kept with its run, and who wants it later asks the history: both need a run that is there.
    const isBrief = !durable && idempotencyKey === undefined && mode === 'sync' && !this.told.isFull;
    const literal = isBrief ? await publication.literal().catch(hideProblems) : undefined;
    if (literal) {
      const runId = this.told.add(row, literal, values, calledBy, currentContext().correlationId);
      return { runId, mode, answer: literal.answer };
    }
    const { runId } = await this.unattended.startPinned(once, pinned).catch(hideProblems);
    return { runId, mode };
  }

  async run({ slug, key, runId }: PublishedRunRequest): Promise<PublishedRunReply> {
    return this.runs.get(await this.find(slug, key), key.id, runId);
  }

  async api({ slug, key }: PublishedSlug): Promise<PublishedApi> {
    const { row, pinned } = await this.find(slug, key);
    return { document: publishedApi(row, pinned) };
  }

  /** What the key may not call is as little there for it as what is not published. */
  private async find(slug: string, { scope }: CallingKey): Promise<KnownPublication> {
    const { tenantId } = currentContext();
    if (!tenantId) throw new AppError('UNAUTHENTICATED', 'A published workflow is called with an API key.');
    const found = await this.known.find(tenantId, slug);
    if (found && (scope.publications === null || scope.publications.includes(found.row.id))) return found;
    throw new AppError('NOT_FOUND', 'Nothing is published under this slug for this API key.');
  }
}

/** What callers can do something about, or wait for. */
const TOLD: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'VALIDATION',
  'IDEMPOTENCY_MISMATCH',
  'THROTTLED',
  'UNAVAILABLE',
  'OVERLOADED',
  'OUTCOME_UNKNOWN',
  'DEADLINE_EXCEEDED',
]);

/** What is wrong with the workflow, its credential and its rights in Snowflake is its owner's to see: such messages name things. */
function hideProblems(error: unknown): never {
  if (!(error instanceof AppError) || TOLD.has(error.code)) throw error;
  if (error.code === 'CREDENTIAL_UNUSABLE') {
    throw new AppError(
      error.code,
      'The published workflow can not sign in now. Its owner sees why in Settings, Credentials.',
    );
  }
  const message = 'The published revision can not be run as it is. Its owner sees why by running it.';
  throw new AppError('RUN_FAILED', message, { extensions: { reason: error.code } });
}
