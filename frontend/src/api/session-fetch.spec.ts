/** @jest-environment node */
import { sessionFetch } from './session-fetch';

const request = (body?: string) =>
  new Request('http://localhost/api', body === undefined ? {} : { method: 'POST', body });

describe('sessionFetch', () => {
  it('renews once for requests that meet the end together, and sends them again whole', async () => {
    let signedIn = false;
    let renewals = 0;
    const bodies: string[] = [];
    const fetch = sessionFetch(
      async (sent) => {
        if (!signedIn) return new Response(null, { status: 401 });
        bodies.push(await sent.text());
        return new Response('ok');
      },
      async () => {
        renewals++;
        await Promise.resolve();
        signedIn = true;
        return true;
      },
      () => {
        throw new Error('The session had not ended.');
      },
    );
    const answers = await Promise.all([fetch(request('a')), fetch(request('b'))]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(renewals).toBe(1);
    expect(bodies.toSorted()).toEqual(['a', 'b']);
  });

  it('says that the session has ended when it cannot be renewed', async () => {
    let ended = 0;
    const fetch = sessionFetch(
      () => Promise.resolve(new Response(null, { status: 401 })),
      () => Promise.resolve(false),
      () => ended++,
    );
    expect((await fetch(request())).status).toBe(401);
    expect(ended).toBe(1);
  });

  it('does not take the refusal of a secret for the end of the session', async () => {
    const fetch = sessionFetch(
      () => Promise.resolve(Response.json({ code: 'SNOWFLAKE_LOGIN_FAILED' }, { status: 401 })),
      () => Promise.reject(new Error('Nothing to renew.')),
      () => undefined,
    );
    expect(await (await fetch(request('secret'))).json()).toEqual({ code: 'SNOWFLAKE_LOGIN_FAILED' });
  });

  it('leaves every other answer alone', async () => {
    const fetch = sessionFetch(
      () => Promise.resolve(new Response(null, { status: 403 })),
      () => Promise.reject(new Error('Nothing to renew.')),
      () => undefined,
    );
    expect((await fetch(request())).status).toBe(403);
  });
});
