import { AUDIT_LOGS, type AuditLogName, type AuditPageView, type ChainPage } from '@snowflow/contracts/audit/audit.dto';
import { auditCursor, type AuditPlaces } from './audit-cursor';

/**
 * One page out of a page of each log, the newest first: each log keeps the order of its chain, whatever its clock says. `from`: where the
 * pages began; a log of which nothing is shown yet goes on behind its head, so that what is added meanwhile is on no later page.
 */
export function mergeChains(
  pages: Readonly<Record<AuditLogName, ChainPage>>,
  limit: number,
  from: AuditPlaces | undefined,
): AuditPageView {
  const shown: Record<AuditLogName, number> = { auth: 0, workflow: 0 };
  const next = (log: AuditLogName) => pages[log].entries[shown[log]];
  const items: AuditPageView['items'] = [];
  while (items.length < limit) {
    const [auth, workflow] = [next('auth'), next('workflow')];
    const log = workflow && (!auth || workflow.at > auth.at) ? 'workflow' : 'auth';
    const entry = log === 'workflow' ? workflow : auth;
    if (!entry) break;
    items.push({ log, ...entry });
    shown[log] += 1;
  }
  const place = (log: AuditLogName) =>
    pages[log].entries[shown[log] - 1]?.seq ?? from?.[log] ?? pages[log].head.seq + 1;
  const isMore = AUDIT_LOGS.some((log) => pages[log].more || next(log) !== undefined);
  return {
    items,
    nextCursor: isMore ? auditCursor({ auth: place('auth'), workflow: place('workflow') }) : null,
    intact: AUDIT_LOGS.every((log) => pages[log].endHolds) && items.every(({ fault }) => fault === null),
  };
}
