import { Injectable } from '@nestjs/common';
import { AppError, type FieldError } from '@snowflow/contracts/errors/app-error';
import type { HeldTag, HeldTags } from '@snowflow/contracts/workflow/outside.dto';
import { ChangeLog, type Note } from '../audit/change-log';
import { CurrentSession } from '../validation/current-session';
import { HeldTagsRepository } from './held-tags.repository';

/** Three names with dots between, each quoted or not. */
const NAME = String.raw`(?:"(?:[^"]|"")+"|[A-Za-z_][\w$]*)`;
const IN_FULL = new RegExp(String.raw`^${NAME}\.${NAME}\.${NAME}$`);

/** What owners and admins decide of tagged columns. */
@Injectable()
export class HeldTagsService {
  constructor(
    private readonly session: CurrentSession,
    private readonly tags: HeldTagsRepository,
    private readonly changes: ChangeLog,
  ) {}

  async list(): Promise<HeldTags> {
    const { tenantId } = await this.session.requireAdmin('see which tagged columns may not leave');
    return { tags: await this.tags.of(tenantId) };
  }

  async save({ tags }: HeldTags): Promise<HeldTags> {
    const asking = await this.session.requireAdmin('decide which tagged columns may not leave');
    const plain = plainTags(tags);
    const note: Note<HeldTag[]> = (db, found) =>
      this.changes.byPerson(db, asking, {
        action: 'held-tags.changed',
        object: { kind: 'held-tags', id: asking.tenantId, name: 'Tagged columns that may not leave' },
        before: { tags: found.map(tagText) },
        after: { tags: plain.map(tagText) },
      });
    await this.tags.save(asking.tenantId, plain, note);
    return { tags: plain };
  }
}

/** Tags as Snowflake tells them: names as they are, without quotes. Throws VALIDATION. */
function plainTags(tags: readonly HeldTag[]): HeldTag[] {
  const errors = tags.flatMap(({ tag }, index): FieldError[] =>
    IN_FULL.test(tag.trim()) ? [] : [{ path: `tags.${index}.tag`, message: 'Write a tag in full, as DB.SCHEMA.TAG' }],
  );
  if (errors.length > 0) throw new AppError('VALIDATION', errors[0]?.message ?? '', { errors });
  return tags.map(({ tag, ...value }) => ({ tag: asToldOf(tag), ...value }));
}

const tagText = ({ tag, value }: HeldTag) => (value === undefined ? tag : `${tag} = ${value}`);

const asToldOf = (tag: string): string =>
  (tag.match(new RegExp(NAME, 'g')) ?? [])
    .map((name) => (name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name.toUpperCase()))
    .join('.');
