import type { EmbedSubject } from '@snowflow/contracts/embed/embed-token';
import type { EmbedTokenRequest } from '@snowflow/contracts/workflow/embed.dto';
import { runInScope } from '@snowflow/transport/request-scope';
import { PublicationsService } from '../publications/publications.service';
import { documentOf } from '../testing/documents';
import { type Person, startWorkflowBench, type WorkflowBench } from '../testing/workflow-bench';
import { WorkflowsService } from '../workflows/workflows.service';
import { EmbedService } from './embed.service';

// Real servers, on machines that do other things too.
jest.setTimeout(30_000);

const answering = documentOf(
  [
    { id: 'v', type: 'source.values', config: { columns: [{ name: 'N', type: 'NUMBER(5,2)' }], rows: [[1]] } },
    { id: 'out', type: 'output.response', config: { format: 'json' } },
  ],
  ['v -> out'],
);

describe('Embedded workflows', () => {
  let bench: WorkflowBench;
  let person: Person;
  let workflowId: string;
  const key = { id: 'sfk_a', name: 'A', limits: { callsPerDay: 3 } };

  beforeAll(async () => {
    bench = await startWorkflowBench();
    person = await bench.signIn();
    ({ id: workflowId } = await bench.as(person, () =>
      bench.service.get(WorkflowsService).save({ definition: { ...answering } }),
    ));
  }, 60_000);
  afterAll(() => bench?.stop());

  const embed = () => bench.service.get(EmbedService);
  const token = (request: EmbedTokenRequest, by = person) => bench.as(by, () => embed().token(request));
  const asKey = (request: EmbedTokenRequest, publications: string[] | null, tenantId = person.tenantId) =>
    runInScope({ context: { correlationId: 'key', tenantId } }, () =>
      embed().token({ ...request, key: { ...key, scope: { publications } } }),
    );
  const show = (of: EmbedSubject, tenantId = person.tenantId) =>
    runInScope({ context: { correlationId: 'frame', tenantId } }, () => embed().show(of));
  const publish = (enabled: boolean) =>
    bench.as(person, () =>
      bench.service.get(PublicationsService).save({
        id: workflowId,
        slug: 'embedded',
        revision: 1,
        credentialId: 'cred_a',
        role: 'ANALYST',
        warehouse: 'WH',
        mode: 'sync',
        enabled,
      }),
    );
  const lastSigned = () => bench.credentials.signed.at(-1)?.of as EmbedSubject;

  it('are shown to whom a builder who may see them gives a token, and to nobody by others', async () => {
    await token({ workflowId, view: 'canvas', origin: 'https://app.example.com' });
    expect(bench.credentials.signed.at(-1)).toEqual({
      of: { workflowId, revision: 1, view: 'canvas', publication: null, key: null },
      ttlSeconds: 900,
      origin: 'https://app.example.com',
    });
    expect(await show(lastSigned())).toMatchObject({
      revision: 1,
      definition: { nodes: [{ id: 'v' }, { id: 'out' }] },
    });
    await expect(show(lastSigned(), 'ten_other')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const colleague = await bench.signIn(person.tenantId);
    await expect(token({ workflowId, view: 'canvas' }, colleague)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const viewer = await bench.signIn(person.tenantId, {}, { appRole: 'viewer' });
    await expect(token({ workflowId, view: 'canvas' }, viewer)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(token({ view: 'canvas' })).rejects.toMatchObject({ code: 'VALIDATION' });
  });

  it('are run as they are published, without their drawing, until they are published no more', async () => {
    await expect(token({ workflowId, view: 'run' })).rejects.toMatchObject({ code: 'VALIDATION' });
    const { id } = await publish(true);
    await token({ workflowId, view: 'run' });
    const of = lastSigned();
    expect(of.publication).toEqual({ id, slug: 'embedded' });
    expect(await show(of)).toMatchObject({ name: answering.name, parameters: [], definition: null });
    await expect(show({ ...of, publication: { id: 'pub_other', slug: 'embedded' } })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('are embedded by keys within their scope and their tenant, and calls count for the key', async () => {
    const { id } = await publish(true);
    await asKey({ slug: 'embedded', view: 'run' }, [id]);
    expect(lastSigned()).toMatchObject({ publication: { id }, key });
    const request: EmbedTokenRequest = { slug: 'embedded', view: 'canvas' };
    await expect(asKey(request, ['pub_other'])).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(asKey(request, null, 'ten_other')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(asKey({ workflowId, view: 'canvas' }, null)).rejects.toMatchObject({ code: 'VALIDATION' });
  });
});
