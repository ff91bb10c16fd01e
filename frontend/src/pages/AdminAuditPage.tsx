import { useEffect } from 'react';
import { PageFrame } from '../components/PageFrame';
import { AuditPanel } from '../features/admin/audit/AuditPanel';

/** The audit log, for owners and admins; the server refuses it to others. */
export function AdminAuditPage() {
  useEffect(() => {
    document.title = 'Audit log · SnowFlow';
  }, []);
  return (
    <PageFrame skipTo="audit log">
      <header className="page-head">
        <h1>Audit log</h1>
      </header>
      <AuditPanel />
    </PageFrame>
  );
}
