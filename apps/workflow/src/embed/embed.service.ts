import { Injectable } from '@nestjs/common';
import { type AuthClient, authContract } from '@snowflow/contracts/auth/auth.contract';
import type { EmbedTokenView } from '@snowflow/contracts/auth/embed.dto';
import type { EmbedSubject } from '@snowflow/contracts/embed/embed-token';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { EmbeddedWorkflow, EmbedTokenRequest } from '@snowflow/contracts/workflow/embed.dto';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import { currentContext, currentPerson } from '@snowflow/transport/request-scope';
import { workflowNotFound } from '../database/not-found';
import { WorkflowStore } from '../database/workflow-store';
import { type KnownPublication, KnownPublications } from '../publications/known-publications';
import { PublicationsRepository } from '../publications/publications.repository';
import { PinnedRevisionsRepository } from '../unattended/pinned-revisions.repository';
import { CurrentSession } from '../validation/current-session';
import { WorkflowsRepository } from '../workflows/workflows.repository';

const DEFAULT_TTL_SECONDS = 900;

/** Workflows in other pages: who may see one may have a token for it, and the token shows that one revision. */
@Injectable()
export class EmbedService {
  constructor(
    @InjectClient(authContract) private readonly auth: AuthClient,
    private readonly store: WorkflowStore,
    private readonly workflows: WorkflowsRepository,
    private readonly publications: PublicationsRepository,
    private readonly known: KnownPublications,
    private readonly revisions: PinnedRevisionsRepository,
    private readonly session: CurrentSession,
  ) {}

  async token(request: EmbedTokenRequest): Promise<EmbedTokenView> {
    const { ttlSeconds = DEFAULT_TTL_SECONDS, origin } = request;
    const of = request.key ? await this.subjectOfKey(request, request.key) : await this.subjectOfPerson(request);
    return this.auth.signEmbedToken({ of, ttlSeconds, origin });
  }

  /**
   * A publication that was switched off since is shown no more, whatever its token says. A form gets no drawing, and asks for what the
   * revision that is published now asks for, which is the one that is run.
   */
  async show({ workflowId, revision: named, view, publication }: EmbedSubject): Promise<EmbeddedWorkflow> {
    const tenantId = tenantNow();
    const current = publication && (await this.known.find(tenantId, publication.slug))?.row;
    if (publication && current?.id !== publication.id) throw gone();
    const revision = view === 'run' ? (current?.revision ?? named) : named;
    const found = await this.revisions.find(tenantId, workflowId, revision);
    if (!found) throw gone();
    const { name, document } = found;
    const definition = view === 'canvas' ? document : null;
    return { name, description: document.description, revision, parameters: document.parameters, definition };
  }

  /** What the key may not call, it may not show either. */
  private async subjectOfKey(
    { slug, view }: EmbedTokenRequest,
    { id, name, limits, scope }: NonNullable<EmbedTokenRequest['key']>,
  ): Promise<EmbedSubject> {
    if (slug === undefined) throw refused('slug', 'An API key embeds what is published: name its slug.');
    const found = await this.known.find(tenantNow(), slug);
    const { publications } = scope;
    if (!found || (publications !== null && !publications.includes(found.row.id))) throw notPublished();
    return { ...subjectOf(found, view), key: { id, name, limits } };
  }

  private async subjectOfPerson({ workflowId, slug, view }: EmbedTokenRequest): Promise<EmbedSubject> {
    const person = currentPerson();
    await this.session.requireBuilder();
    if ((workflowId === undefined) === (slug === undefined)) {
      throw refused('workflowId', 'Name either a workflow or a slug.');
    }
    const named = slug === undefined ? undefined : await this.known.find(person.tenantId, slug);
    const id = named?.row.workflow_id ?? workflowId;
    if (id === undefined) throw notPublished();
    const { row, published } = await this.store.transaction(person.tenantId, async (db) => ({
      row: await this.workflows.find(db, person, id),
      published: await this.publications.find(db, id),
    }));
    if (!row) throw workflowNotFound();
    if (named) return subjectOf(named, view);
    if (view === 'canvas') return { workflowId: id, revision: row.revision, view, publication: null, key: null };
    const own = published && (await this.known.find(person.tenantId, published.slug));
    if (own?.row.workflow_id !== id)
      throw refused('view', 'The workflow is not published. Publish it first, to let it be run.');
    return subjectOf(own, view);
  }
}

function subjectOf({ row }: KnownPublication, view: EmbedSubject['view']): EmbedSubject {
  const { id, slug, workflow_id: workflowId, revision } = row;
  return { workflowId, revision, view, publication: { id, slug }, key: null };
}

function tenantNow(): string {
  const { tenantId } = currentContext();
  if (!tenantId) throw new AppError('UNAUTHENTICATED', 'Nobody is known to whom this could be shown.');
  return tenantId;
}

const refused = (path: string, message: string) => new AppError('VALIDATION', message, { errors: [{ path, message }] });
const notPublished = () => new AppError('NOT_FOUND', 'Nothing is published under this slug for you.');
const gone = () => new AppError('NOT_FOUND', 'What was embedded here is not there any more.');
