import { Injectable } from '@nestjs/common';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { snowflakeName } from '@snowflow/contracts/sessions/snowflake-name';
import { userIdOf } from '@snowflow/contracts/sessions/tenant-id';
import type {
  SaveSharesRequest,
  SaveTagsRequest,
  SharesBody,
  TagsBody,
} from '@snowflow/contracts/workflow/sharing.dto';
import { ChangeLog } from '../audit/change-log';
import { WorkflowStore } from '../database/workflow-store';
import { currentPerson } from '@snowflow/transport/request-scope';
import { CurrentSession } from '../validation/current-session';
import { SharesRepository, type StoredShare } from './shares.repository';
import { WorkflowAccess } from './workflow-access';

const LONGEST_TAG = 40;
const USER = 'user:';

/** With whom a workflow is shared, and what it is tagged with. */
@Injectable()
export class SharingService {
  constructor(
    private readonly store: WorkflowStore,
    private readonly access: WorkflowAccess,
    private readonly repository: SharesRepository,
    private readonly session: CurrentSession,
    private readonly changes: ChangeLog,
  ) {}

  /** Whoever sees a workflow may know who else does. */
  async shares(id: string): Promise<SharesBody> {
    const person = currentPerson();
    const viewer = await this.access.viewer(person);
    return this.store.transaction(person.tenantId, async (db) => {
      await this.access.require(db, viewer, id, 'view');
      return { items: await this.repository.list(db, id) };
    });
  }

  async saveShares({ id, items }: SaveSharesRequest): Promise<SharesBody> {
    const session = await this.session.requireBuilder();
    const { tenantId, userId } = session;
    return this.store.transaction(tenantId, async (db) => {
      const { name } = await this.access.require(db, session, id, 'own', { lock: true });
      const shares = storedShares(tenantId, userId, items);
      const before = await this.repository.list(db, id);
      await this.repository.replace(db, tenantId, id, shares);
      const after = await this.repository.list(db, id);
      await this.changes.byPerson(db, session, {
        action: 'workflow.shared',
        object: { kind: 'workflow', id, name },
        before: { shares: before },
        after: { shares: after },
      });
      return { items: after };
    });
  }

  async saveTags({ id, tags: written }: SaveTagsRequest): Promise<TagsBody> {
    const session = await this.session.requireBuilder();
    const tags = [...new Set(written.map((tag) => tag.trim()))].sort();
    if (tags.some((tag) => tag === '' || tag.length > LONGEST_TAG || tag.includes('\0'))) {
      throw invalid('tags', `A tag has 1 to ${LONGEST_TAG} characters`);
    }
    return this.store.transaction(session.tenantId, async (db) => {
      const { name, tags: before } = await this.access.require(db, session, id, 'edit', { lock: true });
      await this.repository.tag(db, id, tags);
      await this.changes.byPerson(db, session, {
        action: 'workflow.tagged',
        object: { kind: 'workflow', id, name },
        before: { tags: before },
        after: { tags },
      });
      return { tags };
    });
  }
}

/** Each names somebody once, and nobody shares with themselves. */
function storedShares(tenantId: string, ownerId: string, items: SharesBody['items']): StoredShare[] {
  const shares = items.map(({ access, details, to: written }) => {
    const to = written.startsWith(USER) ? USER + snowflakeName(written.slice(USER.length)) : written;
    return { to, access, details, subject: to.startsWith(USER) ? userIdOf(tenantId, to.slice(USER.length)) : to };
  });
  const seen = new Set<string>([ownerId]);
  for (const { to, subject } of shares) {
    if (seen.has(subject)) {
      throw invalid(
        'items',
        subject === ownerId ? 'It is yours already: share it with others' : `${to} stands there twice`,
      );
    }
    seen.add(subject);
  }
  return shares;
}

const invalid = (path: string, message: string) =>
  new AppError('VALIDATION', `Nothing was changed: ${message}.`, { errors: [{ path, message }] });
