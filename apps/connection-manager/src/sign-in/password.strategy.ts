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
    const waitsForPush = request.push === true && !passcode;
    // This authenticator asks Snowflake to push where no passcode is given; the plain one leaves it to the user's settings.
    const authenticator = waitsForPush ? 'USERNAME_PASSWORD_MFA' : 'SNOWFLAKE';
    return {
      credentials: { authenticator, username, password, passcode, ...startingPlace(request) },
      patienceMs: waitsForPush ? PUSH_MS : LOGIN_MS,
    };
  }
}
