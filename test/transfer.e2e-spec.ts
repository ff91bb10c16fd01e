import { CANARIES, documentOfCanaries } from '@snowflow/engine/transfer/fixtures/secret-canaries';
import { LEGACY_FLOWS } from '@snowflow/engine/transfer/fixtures/legacy-flows';
import { startStack, type Stack } from '@snowflow/testing/stack';
import { ApiClient } from './support/api-client';
import { DocumentBuilder } from './support/document-builder';

interface Report {
  dryRun: boolean;
  format: string;
  workflows: { key: string; name: string; id: string | null; nodes: { nodeId: string; outcome: string }[] }[];
  needs: { kind: string; name: string; state: string; mappedTo: string | null }[];
}
interface Problem {
  code: string;
  detail: string;
}
interface Saved {
  id: string;
}

describe('Files of workflows', () => {
  let stack: Stack;
  let ann: ApiClient;
  let bob: ApiClient;

  beforeAll(async () => {
    stack = await startStack();
    ann = new ApiClient(stack.gatewayUrl);
    bob = new ApiClient(stack.gatewayUrl);
    await Promise.all([ann.connect('demo'), bob.connect('demo2', 'demo2', 'demo2')]);
  }, 120_000);
  afterAll(() => stack?.stop(), 60_000);

  const save = async (definition: object) =>
    (await ann.call<Saved>('POST', '/workflows/save', { body: { definition } })).body.id;
  const yaml = { 'content-type': 'application/yaml' };
  const importYaml = (body: string, query = '') =>
    bob.call<Report & Problem>('POST', `/workflows/import${query}`, { body, headers: yaml });
  const countOf = async () => (await bob.call<{ items: unknown[] }>('GET', '/workflows')).body.items.length;

  it('go from one tenant to another, with names mapped', async () => {
    const id = await save(
      new DocumentBuilder('Travels')
        .node('t', 'source.table', { database: 'HOME', schema: 'TPCH_SF1', table: 'NATION' })
        .build(),
    );
    const file = await ann.call<string>('GET', `/workflows/${id}/export?format=yaml&called=true`);
    expect([file.status, file.headers.get('content-disposition')]).toEqual([
      200,
      'attachment; filename="travels.snowflow.yaml"',
    ]);
    expect((await bob.call('GET', `/workflows/${id}/export`)).status).toBe(404);
    const dry = await importYaml(file.body, '?dryRun=true');
    expect(dry.body.needs).toContainEqual(
      expect.objectContaining({ kind: 'database', name: 'HOME', state: 'missing' }),
    );
    const form = new FormData();
    form.set('file', new Blob([file.body]), 'travels.yaml');
    form.set('mapping', JSON.stringify({ databases: { HOME: 'SNOWFLAKE_SAMPLE_DATA' } }));
    const encoded = new Response(form);
    const reply = await bob.call<Report>('POST', '/workflows/import', {
      body: await encoded.text(),
      headers: { 'content-type': encoded.headers.get('content-type') ?? '' },
    });
    expect(reply.body).toMatchObject({ dryRun: false, format: 'snowflow' });
    expect(reply.body.needs).toContainEqual(
      expect.objectContaining({ kind: 'table', state: 'found', mappedTo: 'SNOWFLAKE_SAMPLE_DATA.TPCH_SF1.NATION' }),
    );
    const made = await bob.call<{ definition: unknown }>('GET', `/workflows/${reply.body.workflows[0]?.id}`);
    expect(JSON.stringify(made.body.definition)).toContain('SNOWFLAKE_SAMPLE_DATA');
  });

  it('carry no secret', async () => {
    const id = await save(documentOfCanaries());
    for (const format of ['json', 'yaml']) {
      const { status, text } = await ann
        .send('POST', '/workflows/export', { body: { ids: [id], format, called: true } })
        .then(async (response) => ({ status: response.status, text: await response.text() }));
      expect(status).toBe(200);
      for (const canary of Object.values(CANARIES)) expect(text).not.toContain(canary);
    }
  });

  it('of the earlier SnowFlow arrive with a report of each node', async () => {
    const body = LEGACY_FLOWS['agents and a supervisor'];
    const reply = await bob.call<Report>('POST', '/workflows/import', { body });
    expect(reply.body).toMatchObject({ format: 'earlier', workflows: [{ name: 'Research' }] });
    expect(reply.body.workflows[0]?.nodes.map(({ nodeId }) => nodeId)).toEqual(['boss', 'a', 'b', 'out']);
  });

  it.each([
    ['YAML that is wrong', 'snowflow: 1\nworkflows: [', 422, /Line 2, column/],
    [
      'a bomb',
      Array.from({ length: 20 }, (_, at) => `a${at}: &a${at} [${`*a${at - 1},`.repeat(at && 9)}x]`).join('\n'),
      422,
      /alias/,
    ],
    ['10,000 levels', '['.repeat(10_000), 422, /nested/],
    ['another version', 'snowflow: 9', 422, /known here: 1/],
    ['50 MB', 'x'.repeat(50_000_000), 413, /8388608 bytes/],
  ])('are refused with nothing made: %s', async (_what, body, status, told) => {
    const before = await countOf();
    const reply = await importYaml(body);
    expect([reply.status, reply.body.detail]).toEqual([status, expect.stringMatching(told) as string]);
    expect(await countOf()).toBe(before);
  });
});
