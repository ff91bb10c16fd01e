import { X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { messageOf } from '../../api/api-error';
import type { Revision } from '../../api/revisions';
import { Button } from '../../components/Button';
import { Dialog } from '../../components/Dialog';
import { Notice } from '../../components/Notice';
import { showToast } from '../../components/toast-store';
import { useBuilder } from '../../store/builder-store';
import { changedThings } from '../drafting/change-text';
import { DraftChanges } from '../drafting/DraftChanges';
import type { Saving } from '../saving/use-saving';
import { canvasMarks } from './canvas-marks';
import { useDiff, useRevisions, useVersionActions } from './use-versions';
import { VersionRow } from './VersionRow';
import './VersionsPanel.css';

interface VersionsPanelProps {
  workflowId: string;
  saving: Saving;
  onReload: () => void;
  onClose: () => void;
}

/** What was saved of the workflow: names, differences, what is published, and the way back. */
export function VersionsPanel({ workflowId, saving, onReload, onClose }: VersionsPanelProps) {
  const revisions = useRevisions(workflowId);
  const { name, publish, goBack } = useVersionActions(workflowId);
  const [returning, setReturning] = useState<Revision>();
  const [compared, setCompared] = useState<readonly [number, number]>();
  const [moves, setMoves] = useState(false);
  const diff = useDiff(workflowId, compared, moves);
  const items = revisions.data?.pages.flatMap((page) => page.items) ?? [];
  const latest = items[0]?.revision;
  const error = revisions.error ?? name.error ?? publish.error ?? goBack.error ?? diff.error;

  useEffect(() => {
    useBuilder.getState().setMarked(compared && diff.data ? canvasMarks(diff.data.changes) : undefined);
    return () => useBuilder.getState().setMarked(undefined);
  }, [compared, diff.data]);

  return createPortal(
    <aside className="versions-panel" aria-label="Versions">
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
      {compared && diff.data && (
        <section aria-label="Differences">
          <h3>
            v{compared[0]} to v{compared[1]}
          </h3>
          <label className="versions-moves">
            <input type="checkbox" checked={moves} onChange={(event) => setMoves(event.target.checked)} /> Show moves
          </label>
          {diff.data.changes.length === 0 ? (
            <p className="quiet">Nothing differs.</p>
          ) : (
            <DraftChanges
              things={changedThings(
                { changes: diff.data.changes, definition: diff.data.after.definition },
                diff.data.before.definition,
              )}
            />
          )}
          <Button size="sm" onClick={() => setCompared(undefined)}>
            Stop comparing
          </Button>
        </section>
      )}
      <ol className="versions-list">
        {items.map((revision) => (
          <VersionRow
            key={revision.revision}
            revision={revision}
            isLatest={revision.revision === latest}
            onName={(text) => name.mutate({ revision: revision.revision, name: text })}
            onCompare={() => latest !== undefined && setCompared([revision.revision, latest])}
            onPublish={() =>
              publish.mutate(revision.revision, { onSuccess: () => showToast(`Published v${revision.revision}`) })
            }
            onGoBack={() => setReturning(revision)}
          />
        ))}
      </ol>
      {revisions.hasNextPage && (
        <Button size="sm" onClick={() => void revisions.fetchNextPage()} aria-busy={revisions.isFetchingNextPage}>
          Show more
        </Button>
      )}
      <Dialog
        open={returning !== undefined}
        onClose={() => setReturning(undefined)}
        title={`Go back to v${returning?.revision ?? ''}?`}
        description={`It becomes the draft again. What is drawn now stays as v${latest ?? ''}, named, so you can come back to it.`}
        actions={
          <>
            <Button onClick={() => setReturning(undefined)}>Keep draft</Button>
            <Button
              look="primary"
              aria-busy={goBack.isPending}
              onClick={() =>
                returning &&
                void saving.flush().then((saved) => {
                  if (!saved) return;
                  goBack.mutate(returning.revision, {
                    onSuccess: () => {
                      saving.discard();
                      onReload();
                    },
                    onSettled: () => setReturning(undefined),
                  });
                })
              }
            >
              Go back
            </Button>
          </>
        }
      />
    </aside>,
    document.body,
  );
}
