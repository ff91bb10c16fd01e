import type { AuditLogName, ChainedEntryView, ChainPage } from '@snowflow/contracts/audit/audit.dto';
import * as fc from 'fast-check';
import { parseAuditCursor } from './audit-cursor';
import { mergeChains } from './merge-chains';

const entryAt = (seq: number, second: number): ChainedEntryView => ({
  seq,
  at: new Date(second * 1_000).toISOString(),
  actor: { kind: 'person', id: 'usr_1', name: 'DEMO' },
  action: 'workflow.saved',
  object: { kind: 'workflow', id: 'wf_1', name: 'Revenue' },
  before: null,
  after: null,
  correlationId: 'c-1',
  previousHash: '',
  hash: 'h',
  fault: null,
});

/** A log as its service answers it: entries before one, the newest first. */
function logOf(seconds: readonly number[]) {
  const entries = seconds.map((second, index) => entryAt(index + 1, second)).reverse();
  return (before: number | undefined, limit: number): ChainPage => {
    const older = entries.filter(({ seq }) => before === undefined || seq < before);
    return {
      entries: older.slice(0, limit),
      more: older.length > limit,
      endHolds: true,
      head: { seq: entries.length, hash: 'h' },
    };
  };
}

/** Every page of both logs, until there is none more. */
function allPages(logs: Record<AuditLogName, ReturnType<typeof logOf>>, limit: number): string[][] {
  const pages: string[][] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const from = parseAuditCursor(cursor);
    const page = mergeChains(
      { auth: logs.auth(from?.auth, limit), workflow: logs.workflow(from?.workflow, limit) },
      limit,
      from,
    );
    pages.push(page.items.map(({ log, seq }) => `${log}/${seq}`));
    cursor = page.nextCursor;
  }
  return pages;
}

describe('The logs of two services as one', () => {
  it('are merged by time', () => {
    const logs = { auth: logOf([1, 4]), workflow: logOf([2, 3, 5]) };
    expect(allPages(logs, 2)).toEqual([['workflow/3', 'auth/2'], ['workflow/2', 'workflow/1'], ['auth/1']]);
    expect(allPages({ auth: logOf([]), workflow: logOf([]) }, 2)).toEqual([[]]);
  });

  it('are shown whole, once each and each in its own order, whatever the clocks say and however long the pages are', () => {
    const seconds = fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 20 });
    fc.assert(
      fc.property(seconds, seconds, fc.integer({ min: 1, max: 7 }), (auth, workflow, limit) => {
        const pages = allPages({ auth: logOf(auth), workflow: logOf(workflow) }, limit);
        expect(pages.slice(0, -1).every((page) => page.length === limit)).toBe(true);
        const shown = pages.flat();
        const of = (log: string) => shown.filter((one) => one.startsWith(`${log}/`));
        const downFrom = (log: string, many: number) =>
          Array.from({ length: many }, (_, index) => `${log}/${many - index}`);
        expect(of('auth')).toEqual(downFrom('auth', auth.length));
        expect(of('workflow')).toEqual(downFrom('workflow', workflow.length));
      }),
    );
  });

  it('are whole only where no entry and no end is at fault', () => {
    const [auth, workflow] = [logOf([1])(undefined, 9), logOf([2])(undefined, 9)];
    expect(mergeChains({ auth, workflow }, 9, undefined).intact).toBe(true);
    expect(mergeChains({ auth, workflow: { ...workflow, endHolds: false } }, 9, undefined).intact).toBe(false);
    const changed = { ...auth, entries: [{ ...entryAt(1, 1), fault: 'changed' as const }] };
    expect(mergeChains({ auth: changed, workflow }, 9, undefined).intact).toBe(false);
  });

  it.each(['', 'e30', 'WzEsMF0', 'WzEsIngiXQ', '%%%'])('are not read on from the cursor %p', (cursor) => {
    expect(() => parseAuditCursor(cursor)).toThrow('not one that a page of this list gave');
  });
});
