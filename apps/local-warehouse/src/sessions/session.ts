import { randomBytes } from 'node:crypto';
import type { Account } from '../accounts/account';
import type { Person } from '../accounts/person';
import type { SessionTransaction } from './session-transaction';
import { SessionParameters } from './session-parameters';

export interface Token {
  text: string;
  expiresAt: number;
}

/** What a statement runs as; a running statement keeps the copy it was submitted with. */
export interface SessionContext {
  role: string;
  secondaryRoles: 'ALL' | 'NONE';
  warehouse: string | undefined;
  database: string | undefined;
  schema: string | undefined;
}

/** One Snowflake session: it lives in this process until it is deleted or its master tokens have expired. */
export class Session {
  readonly parameters = new SessionParameters();
  readonly variables = new Map<string, string>();
  readonly sessionTokens: Token[] = [];
  readonly masterTokens: Token[] = [];
  /** The driver's name and version, as its login told. */
  client = '';
  /** The open transaction, between BEGIN and COMMIT or ROLLBACK. */
  transaction: SessionTransaction | undefined;
  lastQueryId: string | undefined;
  closed = false;
  /** A token lets it take this role and no other. */
  boundToRole: string | undefined;

  constructor(
    readonly id: number,
    readonly account: Account,
    readonly person: Person,
    public context: SessionContext,
  ) {}

  issue(kind: 'session' | 'master', seconds: number): Token {
    const token = { text: randomBytes(32).toString('base64url'), expiresAt: Date.now() + seconds * 1000 };
    (kind === 'session' ? this.sessionTokens : this.masterTokens).push(token);
    return token;
  }
}
