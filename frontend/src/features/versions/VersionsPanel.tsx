import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { messageOf } from '../../api/api-error';
import type { Workflow } from '../../api/types';
import { Button } from '../../components/Button';
import { Notice } from '../../components/Notice';
import type { Saving } from '../saving/use-saving';
import { meQuery } from '../session/me-query';
import { Differences } from './Differences';
import { GoBackDialog } from './GoBackDialog';
import { usePublishing } from './use-publishing';
import { useRevisions, useVersionActions } from './use-versions';
import { VersionRow } from './VersionRow';
import './VersionsPanel.css';

interface VersionsPanelProps {
  workflow: Pick<Workflow, 'id' | 'access'>;
  saving: Pick<Saving, 'flush' | 'revision' | 'discard'>;
  onReload: () => void;
  onClose: () => void;
}

/** What was saved of the workflow: names, differences, what is published, and the way back. */
export function VersionsPanel({ workflow: { id, access }, saving, onReload, onClose }: VersionsPanelProps) {
  const { data: me } = useQuery(meQuery);
  const builds = me !== undefined && me.appRole !== 'viewer';
  const [mayPublish, mayEdit] = [builds && access === 'own', builds && (access === 'own' || access === 'edit')];
  const revisions = useRevisions(id, saving.revision());
  const { name } = useVersionActions(id, saving);
  const publishing = usePublishing(id, mayPublish);
  const [returning, setReturning] = useState<number>();
  const [compared, setCompared] = useState<readonly [number, number]>();
  const items = revisions.data?.pages.flatMap((page) => page.items) ?? [];
  const latest = items[0]?.revision ?? 0;
  const error = revisions.error ?? name.error ?? publishing.error;

  const panel = useRef<HTMLElement>(null);
  useEffect(() => panel.current?.focus(), []);

  return createPortal(
    <aside
      ref={panel}
      tabIndex={-1}
      className="versions-panel"
      aria-label="Versions"
      onKeyDown={(event) => {
        if (event.key === 'Escape' && returning === undefined) onClose();
      }}
    >
      <header>
        <h2>Versions</h2>
        <Button look="ghost" size="sm" iconOnly="Close versions" onClick={onClose}>
          <X size={14} aria-hidden />
        </Button>
      </header>
      {error && (
        <Notice tone="danger" title="That did not work.">
          {messageOf(error)}
        </Notice>
      )}
      {compared && <Differences workflowId={id} items={items} compared={compared} onCompare={setCompared} />}
      <ol className="versions-list">
        {items.map((one) => (
          <VersionRow
            key={one.revision}
            revision={one}
            isLatest={one.revision === latest}
            mayEdit={mayEdit}
            mayPublish={mayPublish}
            request={publishing.requests.find(({ revision }) => revision === one.revision)}
            refused={publishing.refused === one.revision}
            onName={(text) => name.mutate({ revision: one.revision, name: text })}
            onCompare={() => setCompared([one.revision, latest])}
            onPublish={() => publishing.publish.mutate(one.revision)}
            onAsk={() => publishing.ask.mutate(one.revision)}
            onGoBack={() => setReturning(one.revision)}
          />
        ))}
      </ol>
      {revisions.hasNextPage && (
        <Button size="sm" onClick={() => void revisions.fetchNextPage()} aria-busy={revisions.isFetchingNextPage}>
          Show more
        </Button>
      )}
      {returning !== undefined && (
        <GoBackDialog
          workflowId={id}
          revision={returning}
          latest={latest}
          saving={saving}
          onReload={onReload}
          onClose={() => setReturning(undefined)}
        />
      )}
    </aside>,
    document.body,
  );
}
