import { ApiError, UnreachableError, messageOf } from '../../api/api-error';

/** What went wrong at sign-in: the cause in bold, then what to do. */
export interface SignInError {
  title: string;
  text: string;
}

export function signInError(error: unknown, account: string): SignInError {
  if (error instanceof UnreachableError) {
    return { title: 'SnowFlow cannot reach its server.', text: 'Check the connection, then try again.' };
  }
  if (!(error instanceof ApiError)) return { title: 'The sign-in did not work.', text: messageOf(error) };
  switch (error.code) {
    case 'SNOWFLAKE_UNREACHABLE':
      return { title: `No account answers at ${account}.`, text: 'Check the organization and account name.' };
    case 'SNOWFLAKE_LOGIN_FAILED':
      return { title: 'Snowflake refused the sign-in.', text: error.message };
    case 'ACCOUNT_NOT_ALLOWED':
      return {
        title: `The account ${account} is not allowed here.`,
        text: 'Ask the operator of this SnowFlow to add it.',
      };
    case 'THROTTLED':
      return {
        title: 'Too many sign-ins from here.',
        text: `Try again in ${error.retryAfterSeconds ?? 60} s.`,
      };
    case 'VALIDATION':
      return {
        title: 'Some fields are not right.',
        text: error.body.errors?.map(({ message }) => message).join(' ') ?? error.message,
      };
    default:
      return {
        title: error.body.title ? `${error.body.title}.` : 'The sign-in did not work.',
        text: error.body.detail ?? '',
      };
  }
}
