import { Injectable } from '@nestjs/common';
import { newId } from '@snowflow/contracts/documents/new-id';
import type { Page } from '@snowflow/contracts/dto/page.dto';
import { AppError, type FieldError } from '@snowflow/contracts/errors/app-error';
import type { Done } from '@snowflow/contracts/rpc/nothing';
import type { SessionRecord } from '@snowflow/contracts/sessions/session-record';
import type {
  ChangedTemplate,
  NewTemplate,
  TemplateMadeView,
  TemplatesQuery,
  TemplateSummaryView,
  TemplateView,
} from '@snowflow/contracts/workflow/templates.dto';
import { currentIdempotencyKey, currentPerson } from '@snowflow/transport/request-scope';
import type { Kysely } from 'kysely';
import { ChangeLog } from '../audit/change-log';
import { templateNotFound } from '../database/not-found';
import { DEFAULT_PAGE_SIZE, pageOf, parseCursor } from '../database/page-cursor';
import type { WorkflowDatabase } from '../database/workflow-database';
import { WorkflowStore } from '../database/workflow-store';
import { IdempotencyRepository } from '../idempotency/idempotency.repository';
import { CurrentSession } from '../validation/current-session';
import { RequestedDocument } from '../workflows/requested-document';
import { starters } from './starters';
import { asksOf, askProblems } from './template-asks';
import type { TemplateContents } from './template-contents';
import { TemplateMissingService } from './template-missing.service';
import { TemplateSource } from './template-source.service';
import { rowSummary, starterSummary } from './template-views';
import { type TemplateRow, TemplatesRepository } from './templates.repository';

/** A template with what lists say of it. */
export interface FoundTemplate {
  summary: TemplateSummaryView;
  contents: TemplateContents;
}

/** Templates: the starters, and what people of the tenant made for each other. */
@Injectable()
export class TemplatesService {
  constructor(
    private readonly store: WorkflowStore,
    private readonly templates: TemplatesRepository,
    private readonly documents: RequestedDocument,
    private readonly source: TemplateSource,
    private readonly missing: TemplateMissingService,
    private readonly idempotency: IdempotencyRepository,
    private readonly session: CurrentSession,
    private readonly changes: ChangeLog,
  ) {}

  /** The tenant's own, changed last first, then the starters in their order. */
  async list(query: TemplatesQuery): Promise<Page<TemplateSummaryView>> {
    const { tenantId } = currentPerson();
    const limit = query.limit ?? DEFAULT_PAGE_SIZE;
    const after = parseCursor(query.cursor);
    const rows = await this.store.transaction(tenantId, (db) =>
      this.templates.list(db, { ...query, after, limit: limit + 1 }),
    );
    const own = rows.map((row) => ({ at: row.updated_at, summary: rowSummary(row) }));
    const shown = starters.flatMap((starter, index) => {
      const summary = starterSummary(starter);
      const at = starterMoment(index);
      return fits(summary, query) && (!after || at < after.at) ? [{ at, summary }] : [];
    });
    return pageOf(
      [...own, ...shown],
      limit,
      ({ at, summary }) => ({ at, id: summary.id }),
      ({ summary }) => summary,
    );
  }

  async get(id: string): Promise<TemplateView> {
    const { summary, contents } = await this.find(id);
    const missing = await this.missing.of(contents);
    const { definition, calls, ask, takenOut } = contents;
    return {
      ...summary,
      definition,
      calls: [...calls],
      ask: asksOf(definition, ask),
      takenOut: [...takenOut],
      missing,
    };
  }

  /** Throws NOT_FOUND for what is another tenant's too. */
  async find(id: string): Promise<FoundTemplate> {
    const starter = starters.find((one) => one.id === id);
    if (starter) return { summary: starterSummary(starter), contents: starter };
    const row = await this.store.transaction(currentPerson().tenantId, (db) => this.templates.find(db, id));
    if (!row) throw templateNotFound();
    return { summary: rowSummary(row), contents: row.contents };
  }

  async create(request: NewTemplate): Promise<TemplateMadeView> {
    const person = currentPerson();
    const session = await this.session.requireBuilder();
    const { document } = await this.documents.of(person, request, undefined);
    const { definition, calls, takenOut } = await this.source.of(document);
    refuseIfWrong(askProblems(definition, request.ask));
    const key = currentIdempotencyKey();
    return this.store.transaction(person.tenantId, (db) => {
      const work = () => this.insert(db, session, request, { definition, calls, ask: request.ask, takenOut });
      if (!key) return work();
      return this.idempotency.once(db, { ...person, route: 'workflow.createTemplate', key, body: request }, work);
    });
  }

  async change({ id, name, description, category, tags, ask }: ChangedTemplate): Promise<Done> {
    const session = await this.session.requireBuilder();
    await this.store.transaction(session.tenantId, async (db) => {
      const row = await this.ownRow(db, session, id);
      refuseIfWrong(askProblems(row.contents.definition, ask));
      await this.templates.change(db, id, { name, description, category, tags, contents: { ...row.contents, ask } });
      await this.changes.byPerson(db, session, {
        action: 'template.changed',
        object: { kind: 'template', id, name },
        before: { name: row.name, category: row.category },
        after: { name, category },
      });
    });
    return { done: true };
  }

  async remove(id: string): Promise<Done> {
    const session = await this.session.requireBuilder();
    await this.store.transaction(session.tenantId, async (db) => {
      const { name } = await this.ownRow(db, session, id);
      await this.templates.remove(db, id);
      await this.changes.byPerson(db, session, { action: 'template.removed', object: { kind: 'template', id, name } });
    });
    return { done: true };
  }

  private async insert(
    db: Kysely<WorkflowDatabase>,
    session: SessionRecord,
    { name, description, category, tags, workflowId }: NewTemplate,
    contents: TemplateContents,
  ): Promise<TemplateMadeView> {
    const id = newId('tpl');
    await this.templates.insert(db, {
      tenant_id: session.tenantId,
      id,
      maker_id: session.userId,
      maker_name: session.username,
      name,
      description,
      category,
      tags: JSON.stringify(tags),
      contents: JSON.stringify(contents),
    });
    await this.changes.byPerson(db, session, {
      action: 'template.created',
      object: { kind: 'template', id, name },
      after: { category, workflowId, takenOut: contents.takenOut.length },
    });
    return { id, takenOut: [...contents.takenOut] };
  }

  /** For its maker, or an admin. A starter is nobody's. */
  private async ownRow(db: Kysely<WorkflowDatabase>, session: SessionRecord, id: string): Promise<TemplateRow> {
    if (starters.some((one) => one.id === id)) {
      throw new AppError('FORBIDDEN', 'This template comes with SnowFlow and stays as it is. Use it and change that.');
    }
    const row = await this.templates.find(db, id, { lock: true });
    if (!row) throw templateNotFound();
    const mayChange = row.maker_id === session.userId || session.appRole === 'owner' || session.appRole === 'admin';
    if (mayChange) return row;
    throw new AppError('FORBIDDEN', `Only ${row.maker_name}, who made it, or an admin may change this template.`);
  }
}

/** Before any template that somebody made, and in the starters' order. */
const starterMoment = (index: number) => new Date(starters.length - index);

function fits({ name, description, tags, category }: TemplateSummaryView, query: TemplatesQuery): boolean {
  const said = [name, description, ...tags].join(' ').toLowerCase();
  const isOfCategory = query.category === undefined || query.category === category;
  return isOfCategory && said.includes((query.search ?? '').toLowerCase());
}

function refuseIfWrong(errors: FieldError[]): void {
  if (errors.length > 0)
    throw new AppError('VALIDATION', 'What the template asks does not fit its workflow.', { errors });
}
