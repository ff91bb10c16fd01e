import { Injectable } from '@nestjs/common';
import type {
  EmbedFrameReply,
  EmbedSettingsBody,
  EmbedSettingsView,
  EmbedTokenView,
  SignEmbedTokenRequest,
} from '@snowflow/contracts/auth/embed.dto';
import { isParent, parentOrigin } from '@snowflow/contracts/embed/parent-origin';
import { AppError, type FieldError } from '@snowflow/contracts/errors/app-error';
import { currentContext } from '@snowflow/transport/request-scope';
import { ChangeLog } from '../audit/change-log';
import { Caller } from '../members/caller';
import { EmbedTokens } from '../tokens/embed-tokens';
import { type EmbedRow, EmbedSettingsRepository } from './embed-settings.repository';

/** Which pages may show what a tenant embeds, and tokens for them. */
@Injectable()
export class EmbedService {
  constructor(
    private readonly caller: Caller,
    private readonly settings: EmbedSettingsRepository,
    private readonly changes: ChangeLog,
    private readonly tokens: EmbedTokens,
  ) {}

  async find(): Promise<EmbedSettingsView> {
    const { tenantId } = await this.caller.admin('see which pages may embed');
    return viewOf(await this.settings.within(tenantId, (database) => this.settings.find(database)));
  }

  async save(wanted: EmbedSettingsBody): Promise<EmbedSettingsView> {
    const record = await this.caller.admin('say which pages may embed');
    const parents = cleanParents(wanted.parents);
    const { tenantId, userId } = record;
    const row = await this.settings.within(tenantId, async (database) => {
      const before = await this.settings.find(database);
      const saved = await this.settings.save(database, tenantId, parents, userId);
      await this.changes.byPerson(database, record, {
        action: 'settings.changed',
        object: { kind: 'settings', id: saved.embed_id, name: 'Embedding' },
        before: { embedParents: before?.parents ?? [] },
        after: { embedParents: saved.parents },
      });
      return saved;
    });
    return viewOf(row);
  }

  /** What nobody has set up no page may show. */
  async frame(embedId: string): Promise<EmbedFrameReply> {
    const row = await this.settings.findByEmbedId(embedId);
    return { parents: row?.parents ?? [] };
  }

  async sign({ of, ttlSeconds, origin }: SignEmbedTokenRequest): Promise<EmbedTokenView> {
    const { tenantId } = currentContext();
    if (!tenantId) throw new AppError('UNAUTHENTICATED', 'A token is signed for a tenant, and none is known.');
    const row = await this.settings.within(tenantId, (database) => this.settings.find(database));
    if (!row || row.parents.length === 0) throw noParents();
    const org = origin === undefined ? row.parents : [knownOrigin(row.parents, origin)];
    const { token, expiresAt } = await this.tokens.sign({ tid: tenantId, emb: row.embed_id, org, of }, ttlSeconds);
    return { token, expiresAt, path: `/embed/${row.embed_id}` };
  }
}

const viewOf = (row: EmbedRow | undefined): EmbedSettingsView => ({
  embedId: row?.embed_id ?? null,
  parents: row?.parents ?? [],
});

function cleanParents(written: string[]): string[] {
  const errors: FieldError[] = [];
  const parents = written.map((text, index) => {
    const origin = parentOrigin(text);
    if (origin === undefined) {
      const message =
        'Write an origin: https:// and a name such as app.example.com or *.example.com, or http://localhost.';
      errors.push({ path: `parents.${index}`, message });
    }
    return origin ?? '';
  });
  if (errors.length > 0) throw new AppError('VALIDATION', 'The pages were not saved: some are no origins.', { errors });
  return [...new Set(parents)];
}

function knownOrigin(parents: string[], written: string): string {
  const origin = parentOrigin(written);
  if (origin !== undefined && (parents.includes(origin) || isParent(parents, origin))) return origin;
  const message = 'Pages of this origin may not embed. An admin of the tenant allows it in the settings.';
  throw new AppError('VALIDATION', message, { errors: [{ path: 'origin', message }] });
}

function noParents(): AppError {
  const message = 'No page may embed yet. An admin of the tenant allows origins in the settings first.';
  return new AppError('VALIDATION', message, { errors: [{ path: 'origin', message }] });
}
