import type { Migration } from 'kysely';
import { peopleMigration } from './migrations/0001-people';
import { tenancyMigration } from './migrations/0002-tenancy';
import { secretsMigration } from './migrations/0003-secrets';
import { oauthCredentialsMigration } from './migrations/0004-oauth-credentials';
import { policiesMigration } from './migrations/0005-policies';
import { audit } from './migrations/0006-audit';
import { keyScopes } from './migrations/0007-key-scopes';
import { embed } from './migrations/0009-embed';
import { settingsVersion } from './migrations/0010-settings-version';

export const AUTH_SCHEMA = 'auth';

/** In the order of their names; one that ran once is never changed. */
export const authMigrations: Record<string, Migration> = {
  '0001-people': peopleMigration,
  '0002-tenancy': tenancyMigration,
  '0003-secrets': secretsMigration,
  '0004-oauth-credentials': oauthCredentialsMigration,
  '0005-policies': policiesMigration,
  '0006-audit': audit,
  '0007-key-scopes': keyScopes,
  '0009-embed': embed,
  '0010-settings-version': settingsVersion,
};
