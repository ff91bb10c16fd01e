import { newId } from '@snowflow/contracts/documents/new-id';
import type { PublishedCallRequest, SavePublicationRequest } from '@snowflow/contracts/workflow/publication.dto';
import { eventually } from '@snowflow/testing/eventually';
import { runInScope } from '@snowflow/transport/request-scope';
import { RunsService } from '../runs/runs.service';
import { documentOf, threeNodes } from '../testing/documents';
import { type Person, startWorkflowBench, type WorkflowBench } from '../testing/workflow-bench';
import { TrashService } from '../trash/trash.service';
import { WorkflowsService } from '../workflows/workflows.service';
import { PublicationsService } from './publications.service';
import { PublishedCallsService } from './published-calls.service';
import { ToldRuns } from './told-runs';

// Real servers, on machines that do other things too.
jest.setTimeout(30_000);

const values = (rows: unknown[][]) =>
  documentOf(
    [
      { id: 'v', type: 'source.values', config: { columns: [{ name: 'N', type: 'NUMBER(5,2)' }], rows } },
      { id: 'out', type: 'output.response', config: { format: 'json' } },
    ],
    ['v -> out'],
  );

describe('Publications', () => {
  let bench: WorkflowBench;
  let person: Person;
  const owner = { userId: newId('usr'), username: 'KEEPER' };
  const key = { id: 'sfk_a', name: 'A', scope: { publications: null }, limits: {} };

  beforeAll(async () => {
    bench = await startWorkflowBench();
    person = await bench.signIn();
  }, 60_000);
  afterAll(() => bench?.stop());

  const publish = async (definition: object, more: Partial<SavePublicationRequest> = {}) => {
    const service = bench.service.get(PublicationsService);
    const { id } = await bench.as(person, () =>
      bench.service.get(WorkflowsService).save({ definition: { ...definition } }),
    );
    const request: SavePublicationRequest = {
      id,
      slug: 'values',
      revision: 1,
      credentialId: 'cred_a',
      role: 'ANALYST',
      warehouse: 'WH',
      mode: 'sync',
      enabled: true,
      ...more,
    };
    const view = await bench.as(person, () => service.save(request));
    const { revisionHash, role, warehouse } = view;
    bench.credentials.approve({ id: 'cred_a', workflowId: id, revisionHash, role, warehouse }, owner);
    return view;
  };
  const call = (request: Partial<PublishedCallRequest> & { slug: string }, tenantId = person.tenantId) =>
    runInScope({ context: { correlationId: 'call', tenantId } }, () =>
      bench.service.get(PublishedCallsService).call({ key, parameters: {}, durable: false, ...request }),
    );

  it('that are all values are answered at once, and their runs are told', async () => {
    await publish(values([[1], ['2.5'], [null]]));
    const { answer, runId } = await call({ slug: 'values' });
    expect(answer).toMatchObject({ status: 200, value: { rows: [['1.00'], ['2.50'], [null]], rowCount: 3 } });
    await bench.service.get(ToldRuns).tell();
    const asOwner = { tenantId: person.tenantId, userId: owner.userId, id: 'ses_none' };
    const run = await bench.as(asOwner, () => bench.service.get(RunsService).get(runId));
    expect(run).toMatchObject({ status: 'succeeded', trigger: 'published', nodes: { out: { status: 'succeeded' } } });
    expect((await call({ slug: 'values', durable: true })).answer).toBeUndefined();
  });

  it('are refused under a slug that is taken, without a Response, and for a revision that is not there', async () => {
    await expect(publish(values([[1]]))).rejects.toMatchObject({ code: 'SLUG_TAKEN' });
    const answersNothing = publish(threeNodes(), { slug: 'nothing' });
    await expect(answersNothing).rejects.toMatchObject({ details: { errors: [{ path: 'revision' }] } });
    await expect(publish(values([[1]]), { slug: 'later', revision: 9 })).rejects.toMatchObject({ code: 'VALIDATION' });
  });

  it('leave their slug to others once their workflow is removed for good', async () => {
    const { workflowId: id } = await publish(values([[1]]), { slug: 'left' });
    const trash = bench.service.get(TrashService);
    await bench.as(person, () => trash.remove({ id }));
    await expect(call({ slug: 'left' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await bench.as(person, () => trash.remove({ id, forever: 'true' }));
    await expect(publish(values([[2]]), { slug: 'left' })).resolves.toMatchObject({ slug: 'left' });
  });

  it('have one slug where two are published under it at once', async () => {
    const both = await Promise.allSettled([1, 2].map((n) => publish(values([[n]]), { slug: 'at-once' })));
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'SLUG_TAKEN' } });
  });

  it('are not there for another scope, another tenant, or while they take no calls', async () => {
    await publish(values([[1]]), { slug: 'resting', enabled: false });
    await publish(values([[1]]), { slug: 'scoped' });
    await expect(call({ slug: 'resting' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(call({ slug: 'scoped' }, newId('ten'))).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const other = { ...key, scope: { publications: ['pub_other'] } };
    await expect(call({ slug: 'scoped', key: other })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const wrong = call({ slug: 'scoped', parameters: { extra: 1 } });
    await expect(wrong).rejects.toMatchObject({
      code: 'VALIDATION',
      details: { errors: [{ path: 'parameters.extra' }] },
    });
  });

  it('take no more calls in a minute than they may', async () => {
    await publish(values([[1]]), { slug: 'rarely', limits: { callsPerMinute: 1 } });
    await call({ slug: 'rarely' });
    await expect(call({ slug: 'rarely' })).rejects.toMatchObject({ code: 'THROTTLED' });
  });

  it('take no more calls than their statements allow, although none of their runs has begun', async () => {
    await publish(values([[1]]), { slug: 'waiting', limits: { statementsPerDay: 2 } });
    const durable = () => call({ slug: 'waiting', durable: true });
    await durable();
    await durable();
    await expect(durable()).rejects.toMatchObject({ code: 'KEY_LIMIT_REACHED' });
  });

  it('give a repeat its run although it was the last that they may take', async () => {
    await publish(values([[1]]), { slug: 'last', limits: { callsPerDay: 1, statementsPerDay: 1 } });
    const { runId } = await call({ slug: 'last', idempotencyKey: 'first' });
    await expect(call({ slug: 'last', idempotencyKey: 'first' })).resolves.toEqual({ runId, mode: 'sync' });
    const otherwise = call({ slug: 'last', idempotencyKey: 'first', parameters: { day: 1 } });
    await expect(otherwise).rejects.toMatchObject({ code: 'IDEMPOTENCY_MISMATCH' });
    await expect(call({ slug: 'last', idempotencyKey: 'second' })).rejects.toMatchObject({ code: 'THROTTLED' });
  });

  it('give a repeat its run although the revision that is published by now asks for something else', async () => {
    const asking = (name: string) => ({ ...values([[1]]), parameters: [{ name, type: 'number' }] });
    const { workflowId: id } = await publish(asking('day'), { slug: 'renamed' });
    const asked = { slug: 'renamed', parameters: { day: 1 } };
    const { runId } = await call({ ...asked, idempotencyKey: 'first' });
    const renamed = { id, revision: 1, definition: asking('since') };
    await bench.as(person, () => bench.service.get(WorkflowsService).save(renamed));
    const right = { credentialId: 'cred_a', role: 'ANALYST', warehouse: 'WH' };
    const later: SavePublicationRequest = { id, slug: 'renamed', revision: 2, ...right, mode: 'sync', enabled: true };
    await bench.as(person, () => bench.service.get(PublicationsService).save(later));
    // A changed publication holds within a second.
    await eventually(() => expect(call(asked)).rejects.toMatchObject({ code: 'VALIDATION' }));
    await expect(call({ ...asked, idempotencyKey: 'first' })).resolves.toEqual({ runId, mode: 'sync' });
  });

  it('tell who calls nothing of their credential', async () => {
    await publish(values([[1]]), { slug: 'unsigned' });
    const approved = new Map(bench.credentials.approved);
    bench.credentials.approved.clear();
    const refusal = await call({ slug: 'unsigned' }).catch((error: unknown) => error);
    for (const [right, whose] of approved) bench.credentials.approved.set(right, whose);
    expect(refusal).toMatchObject({
      code: 'CREDENTIAL_UNUSABLE',
      message: expect.stringContaining('Its owner sees why'),
    });
  });

  it('have their runs told and their sessions ended where the service stops in order', async () => {
    await publish(values([[1]]), { slug: 'stopping' });
    const { runId } = await call({ slug: 'stopping' });
    await bench.service.close();
    expect(await bench.everythingAtRest()).toContain(runId);
    expect(bench.credentials.ended).toEqual(expect.arrayContaining(bench.credentials.opened));
  });
});
