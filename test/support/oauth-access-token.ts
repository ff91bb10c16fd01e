import { createHash, randomBytes } from 'node:crypto';
import { signInAtProvider } from '@snowflow/testing/oauth-provider/sign-in-at-provider';

interface OutsideClient {
  id: string;
  secret: string;
  redirectUri: string;
}

/** An access token that a person got for another program, at a server that plays Snowflake's OAuth. */
export async function accessTokenAt(
  origin: string,
  client: OutsideClient,
  name: string,
  password: string,
): Promise<string> {
  const verifier = randomBytes(32).toString('base64url');
  const query = new URLSearchParams({
    client_id: client.id,
    response_type: 'code',
    redirect_uri: client.redirectUri,
    scope: `session:role:${name}`,
    state: 'state',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  const callback = await signInAtProvider(`${origin}/oauth/authorize?${query.toString()}`, name, password);
  const basic = Buffer.from(`${client.id}:${encodeURIComponent(client.secret)}`).toString('base64');
  const response = await fetch(`${origin}/oauth/token-request`, {
    method: 'POST',
    headers: { authorization: `Basic ${basic}` },
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code: callback.searchParams.get('code') ?? '',
      redirect_uri: client.redirectUri,
      code_verifier: verifier,
    }),
  });
  const { access_token: token } = (await response.json()) as { access_token?: string };
  if (!token) throw new Error(`The provider gave no access token (${response.status})`);
  return token;
}
