import { createHash } from 'node:crypto';
import type { AuditPageView, ChainedEntryView, ChainPage } from '@snowflow/contracts/audit/audit.dto';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { currentPerson } from '@snowflow/transport/request-scope';
import { auditHash, FIRST_HASH } from '@snowflow/platform/audit/audit-hash';
import { startGateway, TestGateway } from '../testing/test-gateway';

/** A chain of a tenant, as its service would have written it. */
function chainOf(tenantId: string, many: number): ChainedEntryView[] {
  const chain: ChainedEntryView[] = [];
  for (let seq = 1; seq <= many; seq += 1) {
    const entry = {
      seq,
      actor: { kind: 'person' as const, id: 'usr_1', name: 'ANN “é” 🙂' },
      action: 'workflow.saved',
      object: { kind: 'workflow', id: 'wf_1', name: 'Revenue' },
      after: { revision: seq },
      correlationId: 'c-1',
      previousHash: chain.at(-1)?.hash ?? FIRST_HASH,
    };
    const at = new Date(seq * 1_000);
    const hash = auditHash(tenantId, { ...entry, at });
    chain.push({ ...entry, at: at.toISOString(), before: null, hash, fault: null });
  }
  return chain;
}

/** What docs/SECURITY.md says of an entry's hash, written anew. */
function hashOf(tenantId: string, entry: ChainedEntryView): string {
  const { seq, at, actor, action, object, before, after, correlationId, previousHash } = entry;
  const things = [[actor.kind, actor.id, actor.name], action, [object.kind, object.id, object.name]];
  const said = [tenantId, seq, at, ...things, before, after, correlationId, previousHash];
  return createHash('sha256').update(JSON.stringify(said)).digest('base64url');
}

describe('The audit log over HTTP', () => {
  let gateway: TestGateway;
  let headers: Record<string, string>;
  let tenantId: string;
  let chains: Record<'auth' | 'workflow', ChainedEntryView[]>;

  beforeAll(async () => {
    gateway = await startGateway();
    const signedIn = await gateway.signIn();
    ({ headers } = signedIn);
    ({ tenantId } = signedIn.session);
    for (const log of ['auth', 'workflow'] as const) {
      gateway[log].answers.audit = ({ before = Infinity, after, limit }): Promise<ChainPage> => {
        expect(currentPerson().tenantId).toBe(tenantId);
        const chain = chains[log];
        const found =
          after === undefined
            ? chain.filter(({ seq }) => seq < before).reverse()
            : chain.filter(({ seq }) => seq > after);
        const head = { seq: chain.length, hash: chain.at(-1)?.hash ?? '' };
        return Promise.resolve({ entries: found.slice(0, limit), more: found.length > limit, endHolds: true, head });
      };
      gateway[log].answers.verifyAudit = ({ seq = 0 }) => {
        const at = Math.min(seq + 10, chains[log].length);
        const hash = chains[log][at - 1]?.hash ?? '';
        return Promise.resolve({ seq: at, hash, ended: at === chains[log].length, broken: null });
      };
    }
  });
  beforeEach(() => {
    chains = { auth: chainOf(tenantId, 3), workflow: chainOf(tenantId, 450) };
  });
  afterAll(() => gateway.stop());

  const ask = (path: string) => fetch(`${gateway.url}/api/v1/admin/audit${path}`, { headers });

  it('lists both services as one, page by page', async () => {
    const first = (await (await ask('?limit=2')).json()) as AuditPageView;
    expect(first).toMatchObject({ items: [{ log: 'workflow', seq: 450 }, { seq: 449 }], intact: true });
    const second = (await (await ask(`?limit=200&cursor=${first.nextCursor}`)).json()) as AuditPageView;
    expect(second.items[0]).toMatchObject({ seq: 448 });
    expect((await ask('?cursor=nonsense')).status).toBe(422);
    expect((await ask('?unknown=1')).status).toBe(422);
  });

  it('walks every chain to its end', async () => {
    expect(await (await ask('/verification')).json()).toEqual({
      intact: true,
      chains: [
        { log: 'auth', entries: 3, hash: chains.auth.at(-1)?.hash, broken: null },
        { log: 'workflow', entries: 450, hash: chains.workflow.at(-1)?.hash, broken: null },
      ],
    });
  });

  it('exports all of it so that it can be checked without SnowFlow', async () => {
    const response = await ask('/export.ndjson');
    expect(response.headers.get('content-type')).toContain('application/x-ndjson');
    const lines = (await response.text())
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const [header, ...said] = lines;
    expect(header).toMatchObject({ format: 'snowflow-audit-1', tenantId });
    expect(said.pop()).toEqual({ complete: true });
    for (const log of ['auth', 'workflow'] as const) {
      const ofLog = said.filter((line) => line.log === log);
      const { head } = ofLog.pop();
      expect(ofLog).toHaveLength(chains[log].length);
      let previous = '';
      for (const [index, entry] of ofLog.entries()) {
        expect(entry).toMatchObject({ seq: index + 1, previousHash: previous, hash: hashOf(header.tenantId, entry) });
        previous = entry.hash;
      }
      expect(head).toEqual({ seq: chains[log].length, hash: previous });
    }
  });

  it('refuses before the export begins', async () => {
    const { audit } = gateway.auth.answers;
    gateway.auth.answers.audit = () => {
      throw new AppError('FORBIDDEN', 'Only owners and admins of the tenant may see its audit log. Ask one of them.');
    };
    const responses = await Promise.all([ask(''), ask('/export.ndjson')]);
    expect(responses.map(({ status }) => status)).toEqual([403, 403]);
    expect(responses[1]?.headers.get('content-type')).toContain('problem+json');
    gateway.auth.answers.audit = audit;
  });
});
