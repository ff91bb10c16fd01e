import type { Account } from '../accounts/account';
import type { Person } from '../accounts/person';
import type { PushedRequests } from './pushed-requests';
import { digestOf } from '../commands/account/tokens';
import { tokenOwner } from './token-login';
import { userLocked, wrongPasscode, wrongPassword } from './login-refusals';
import type { LoggingIn } from './logging-in';

const FAILURES_ALLOWED = 5;
const LOCKED_MS = 15 * 60_000;

/** User name and password, then the second factor where there is one. A programmatic access token does for the password. */
export async function byPassword(
  account: Account,
  { loginName, password, passcode }: LoggingIn,
  pushed: PushedRequests,
): Promise<{ person: Person; boundToRole?: string }> {
  const person = account.person(loginName ?? '');
  if (!person || password === undefined) throw wrongPassword();
  if (person.lockedUntilMs > Date.now()) throw userLocked();
  if (person.tokens.some(({ digest }) => digest === digestOf(password))) return tokenOwner(account, password);
  if (person.password === undefined || person.password !== password) {
    await noteFailure(account, person);
    throw wrongPassword();
  }
  if (person.secondFactor) await requireSecondFactor(account, person, passcode, pushed);
  person.failures = 0;
  return { person };
}

async function requireSecondFactor(
  account: Account,
  person: Person,
  passcode: string | undefined,
  pushed: PushedRequests,
): Promise<void> {
  if (passcode === undefined) return pushed.approval(`${account.settings.name}/${person.name}`);
  if (passcode !== person.secondFactor?.passcode) throw wrongPasscode();
}

async function noteFailure(account: Account, person: Person): Promise<void> {
  if (person.isBuiltIn) return;
  await account.population.change(person.name, (changed) => {
    changed.failures += 1;
    if (changed.failures < FAILURES_ALLOWED) return;
    changed.failures = 0;
    changed.lockedUntilMs = Date.now() + LOCKED_MS;
  });
}
