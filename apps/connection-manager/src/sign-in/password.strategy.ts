import { LOGIN_MS, PreparedSignIn, SignInRequest, SignInStrategy } from './sign-in-strategy';
import { requiredField } from './required-field';
import { startingPlace } from './starting-place';

/** How long a pushed request is open on the person's device. */
const PUSH_MS = 60_000;

/** User name and password, with a passcode or a pushed request where the user has a second factor. */
export class PasswordStrategy extends SignInStrategy {
  async prepare(request: SignInRequest): Promise<PreparedSignIn> {
    const username = requiredField(request.username, 'username', 'Give the user name.');
    const password = requiredField(request.password, 'password', 'Give the password.');
    const { passcode } = request;
    return {
      credentials: { authenticator: 'SNOWFLAKE', username, password, passcode, ...startingPlace(request) },
      patienceMs: request.push && !passcode ? PUSH_MS : LOGIN_MS,
    };
  }
}
