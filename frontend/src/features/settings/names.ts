import type { SessionItem } from '../../api/sessions';
import type { Member } from '../../api/tenant';

type Authenticator = SessionItem['authenticator'];

/** What people call the ways to sign in. */
export const METHOD_NAMES: Readonly<Record<Authenticator, string>> = {
  password: 'Password',
  'key-pair': 'Key pair',
  pat: 'Programmatic access token',
  'oauth-token': 'OAuth access token',
  container: 'Snowflake Native App',
  oauth: 'Snowflake OAuth',
  'external-oauth': 'External OAuth',
  credential: 'Stored credential',
};

export const ROLE_NAMES: Readonly<Record<Member['appRole'], string>> = {
  owner: 'Owner',
  admin: 'Admin',
  builder: 'Builder',
  viewer: 'Viewer',
};

/** Why a member has the role. */
export const REASONS: Readonly<Record<Member['because'], string>> = {
  'snowflake-role': 'Holds an owner role in Snowflake',
  proof: 'Proved ownership',
  'auto-join': 'Joined by a rule',
  invitation: 'Invited',
  assigned: 'Assigned by an admin',
};

/** Whether a person looks after the whole tenant. */
export const isAdministrator = (appRole: Member['appRole'] | undefined) => appRole === 'owner' || appRole === 'admin';
