import { createServer, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Egress } from '../net/egress';
import { OauthConfigurations } from './oauth-configurations';

describe('What a provider says of itself', () => {
  let server: Server;
  let issuer: string;
  let document: object;

  beforeAll(async () => {
    server = createServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(document));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));
  beforeEach(() => {
    document = { issuer, jwks_uri: `${issuer}/keys` };
  });

  const keysOf = (privateIssuers = [issuer]) => new OauthConfigurations(new Egress({ privateIssuers })).keysOf(issuer);

  it('is its issuer and the address of its keys', async () => {
    expect(await keysOf()).toEqual({ issuer, jwksUri: `${issuer}/keys` });
  });

  it('is refused with the reason where it names no keys, or another issuer', async () => {
    document = { issuer };
    await expect(keysOf()).rejects.toMatchObject({
      code: 'VALIDATION',
      message: expect.stringContaining('jwks_uri') as string,
    });
    document = { issuer: 'https://elsewhere.example', jwks_uri: `${issuer}/keys` };
    await expect(keysOf()).rejects.toMatchObject({ code: 'SNOWFLAKE_UNREACHABLE' });
  });

  it('is not asked on a private address that the operator did not name', async () => {
    await expect(keysOf([])).rejects.toMatchObject({ code: 'VALIDATION' });
  });
});
