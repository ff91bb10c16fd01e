import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ContainerStrategy } from './container.strategy';

describe('The identity of a container', () => {
  let folder: string;
  let file: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'snowflow-container-'));
    file = join(folder, 'token');
  });
  afterAll(() => rm(folder, { recursive: true }));

  const request = { account: 'acme', authenticator: 'container', token: 'person', role: 'ANALYST' } as const;

  it("joins the service's token with the person's, and asks for no user by name", async () => {
    await writeFile(file, 'service\n');
    const { credentials } = await new ContainerStrategy(file).prepare({ ...request, username: 'MALLORY' });
    expect(credentials).toMatchObject({ authenticator: 'OAUTH', token: 'service.person', role: 'ANALYST' });
    expect(credentials.username).toBeUndefined();
  });

  it("reads the service's token anew each time, for Snowflake replaces it", async () => {
    const strategy = new ContainerStrategy(file);
    for (const service of ['first', 'second']) {
      await writeFile(file, service);
      expect((await strategy.prepare(request)).credentials.token).toBe(`${service}.person`);
    }
  });

  it('is refused outside of Snowflake, whatever was sent', async () => {
    await expect(new ContainerStrategy(undefined).prepare(request)).rejects.toMatchObject({ code: 'METHOD_REFUSED' });
  });

  it('is refused without a person', async () => {
    await expect(new ContainerStrategy(file).prepare({ ...request, token: undefined })).rejects.toMatchObject({
      code: 'VALIDATION',
      details: { errors: [{ path: 'token' }] },
    });
  });

  it.each([
    ['is not there', undefined],
    ['is empty', ' \n'],
  ])("says so where the service's own token %s, and names no path", async (_what, content) => {
    const path = join(folder, `other-${content === undefined}`);
    if (content !== undefined) await writeFile(path, content);
    const refused = new ContainerStrategy(path).prepare(request);
    await expect(refused).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await expect(refused).rejects.not.toThrow(folder);
  });
});
