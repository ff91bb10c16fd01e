import type { Account } from '../accounts/account';
import type { Person } from '../accounts/person';
import { takeable } from '../accounts/roles';
import { WarehouseError } from '../statements/warehouse-error';
import { Session, type SessionContext, type Token } from './session';

export interface TokenLifetimes {
  sessionSeconds: number;
  masterSeconds: number;
}

const tokenExpired = () => new WarehouseError('390112', '08001', 'Session token has expired.');
const sessionGone = () =>
  new WarehouseError('390111', '08001', 'Session no longer exists.  New login required to access the service.');
const masterExpired = () =>
  new WarehouseError('390114', '08001', 'Authentication token has expired.  The user must authenticate again.');
const tokenUnknown = () => new WarehouseError('390104', '08001', 'Session token is invalid.');

const sweepIntervalMs = 60_000;

/** Finds sessions by their tokens. A token stays known until the session ends, so that an expired one is told from a forged one. */
export class SessionRegistry {
  private readonly bySessionToken = new Map<string, { session: Session; token: Token }>();
  private readonly byMasterToken = new Map<string, { session: Session; token: Token }>();
  private readonly sessions = new Set<Session>();
  private readonly sweeper = setInterval(() => this.endExpired(), sweepIntervalMs).unref();
  private nextId = Date.now();

  constructor(
    readonly lifetimes: TokenLifetimes,
    private readonly onEnd: (session: Session) => void,
  ) {}

  open(account: Account, person: Person, context: SessionContext): { session: Session; token: Token; master: Token } {
    const session = new Session((this.nextId += 4), account, person, context);
    this.sessions.add(session);
    return { session, ...this.issueTokens(session) };
  }

  byToken(text: string | undefined): Session {
    const found = text === undefined ? undefined : this.bySessionToken.get(text);
    if (!found) throw tokenUnknown();
    if (found.session.closed) throw sessionGone();
    if (found.token.expiresAt <= Date.now()) throw tokenExpired();
    return found.session;
  }

  renew(masterText: string | undefined): { session: Session; token: Token; master: Token } {
    const found = masterText === undefined ? undefined : this.byMasterToken.get(masterText);
    if (!found) throw tokenUnknown();
    if (found.session.closed) throw sessionGone();
    if (found.token.expiresAt <= Date.now()) throw masterExpired();
    return { session: found.session, ...this.issueTokens(found.session) };
  }

  end(session: Session): void {
    session.closed = true;
    this.sessions.delete(session);
    for (const token of session.sessionTokens) this.bySessionToken.delete(token.text);
    for (const token of session.masterTokens) this.byMasterToken.delete(token.text);
    this.onEnd(session);
  }

  /** Ends every session of a user. */
  endAllOf(account: Account, userName: string): void {
    for (const session of this.sessions) {
      if (session.account === account && session.person.name === userName) this.end(session);
    }
  }

  stop(): void {
    clearInterval(this.sweeper);
  }

  private issueTokens(session: Session): { token: Token; master: Token } {
    this.forgetOld(session);
    const token = session.issue('session', this.lifetimes.sessionSeconds);
    const master = session.issue('master', this.lifetimes.masterSeconds);
    this.bySessionToken.set(token.text, { session, token });
    this.byMasterToken.set(master.text, { session, token: master });
    return { token, master };
  }

  /** A session that renews often keeps its latest tokens only. */
  private forgetOld(session: Session): void {
    while (session.sessionTokens.length > 64) this.bySessionToken.delete(session.sessionTokens.shift()?.text ?? '');
    while (session.masterTokens.length > 64) this.byMasterToken.delete(session.masterTokens.shift()?.text ?? '');
  }

  private endExpired(): void {
    const now = Date.now();
    for (const session of this.sessions) {
      if (session.masterTokens.every((token) => token.expiresAt <= now)) this.end(session);
    }
  }
}

/** The role a login asked for, or the person's default; a role that was not granted ends the login. */
export function loginRole(person: Person, wanted: string | undefined): string {
  if (!wanted) return person.defaultRole;
  if (takeable(person.roles).has(wanted)) return wanted;
  throw new WarehouseError(
    '390189',
    '08001',
    `Role '${wanted}' specified in the connect string is not granted to this user. Contact your local system administrator, or attempt to login with another role, e.g. PUBLIC.`,
  );
}
