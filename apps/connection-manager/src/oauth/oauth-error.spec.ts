import { toOauthError, toRefreshError } from './oauth-error';

const failed = (code: string, reason?: string) =>
  expect.objectContaining({
    code,
    ...(reason ? { details: expect.objectContaining({ extensions: { reason } }) as object } : {}),
  }) as Error;

describe('What a provider did not give', () => {
  it.each([
    [{ error: 'invalid_grant' }, failed('OAUTH_FAILED', 'OAUTH_DENIED')],
    [{ error: 'invalid_client' }, failed('OAUTH_FAILED', 'OAUTH_CLIENT_WRONG')],
    [{ error: 'temporarily_unavailable' }, failed('SNOWFLAKE_UNREACHABLE')],
    [{ code: 'OAUTH_RESPONSE_IS_NOT_JSON' }, failed('SNOWFLAKE_UNREACHABLE')],
    [{ code: 'OAUTH_TIMEOUT' }, failed('SNOWFLAKE_UNREACHABLE')],
    [undefined, failed('SNOWFLAKE_UNREACHABLE')],
  ])('for a refresh that threw %j ends the grant only where the provider said so', (thrown, error) => {
    expect(toRefreshError(thrown)).toEqual(error);
  });

  it('for a code is a refusal also where the answer breaks the protocol', () => {
    expect(toOauthError({ code: 'OAUTH_RESPONSE_IS_NOT_JSON' })).toEqual(failed('OAUTH_FAILED', 'OAUTH_DENIED'));
    expect(toOauthError({ code: 'OAUTH_TIMEOUT' })).toEqual(failed('SNOWFLAKE_UNREACHABLE'));
  });

  it.each([
    { error: 'redirect_uri_mismatch' },
    { error: 'invalid_request', error_description: "The 'redirect_uri' parameter must be a Login redirect URI." },
    { error: 'invalid_grant', error_description: 'The redirect URI in the request does not match.' },
    { error: 'invalid_client', error_description: 'AADSTS50011: The reply address does not match.' },
  ])('for a code is said to be the redirect address where %j says so', (thrown) => {
    expect(toOauthError(thrown)).toEqual(failed('OAUTH_FAILED', 'OAUTH_REDIRECT_MISMATCH'));
  });

  it('repeats nothing of what was thrown', () => {
    const thrown = { error: 'invalid_grant', error_description: 'canary' };
    expect(JSON.stringify([toRefreshError(thrown), toRefreshError(thrown).message])).not.toContain('canary');
  });
});
