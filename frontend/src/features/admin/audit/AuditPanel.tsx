import { useSearchParams } from 'react-router';
import { messageOf } from '../../../api/api-error';
import { AUDIT_EXPORT_URL, type AuditFilters } from '../../../api/audit';
import { Button } from '../../../components/Button';
import { EmptyState } from '../../../components/EmptyState';
import { Notice } from '../../../components/Notice';
import { AuditBanner } from './AuditBanner';
import { AuditFilterBar } from './AuditFilterBar';
import { auditFiltersOf, auditParamsOf } from './audit-filters';
import { AuditTable } from './AuditTable';
import { useAudit } from './use-audit';
import './Audit.css';

/** Who changed what in the tenant, and whether the log of it is whole. The filters stand in the address. */
export function AuditPanel() {
  const [params, setParams] = useSearchParams();
  const filters = auditFiltersOf(params);
  const audit = useAudit(filters);
  const entries = audit.data?.pages.flatMap(({ items }) => items);
  const change = (next: AuditFilters) => setParams(auditParamsOf(params, next), { replace: true });
  return (
    <div className="audit">
      <AuditBanner shownIntact={audit.data?.pages.every(({ intact }) => intact) ?? true} />
      <div className="audit-tools">
        <AuditFilterBar filters={filters} onChange={change} />
        <a className="button button-default button-md" href={AUDIT_EXPORT_URL} download>
          Export the log
        </a>
      </div>
      {audit.error && (
        <Notice
          tone="danger"
          title="The audit log could not be read."
          action={<Button onClick={() => void audit.refetch()}>Try now</Button>}
        >
          {messageOf(audit.error)}
        </Notice>
      )}
      {entries?.length === 0 && (
        <div className="page-card">
          {Object.keys(filters).length > 0 ? (
            <EmptyState
              title="No entry matches."
              text="Try another filter, or clear them all."
              action={<Button onClick={() => change({})}>Clear all</Button>}
            />
          ) : (
            <EmptyState title="Nothing was changed yet." text="Saves, settings, members and keys appear here." />
          )}
        </div>
      )}
      {(entries === undefined ? !audit.error : entries.length > 0) && (
        <div className="audit-scroll" role="region" aria-label="Audit log" tabIndex={0}>
          <AuditTable entries={entries} />
        </div>
      )}
      {audit.hasNextPage && (
        <Button onClick={() => void audit.fetchNextPage()} aria-busy={audit.isFetchingNextPage}>
          Show more
        </Button>
      )}
    </div>
  );
}
