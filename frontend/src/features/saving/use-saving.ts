import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { useNavigate } from 'react-router';
import { fetchRevision } from '../../api/revisions';
import { saveWorkflow } from '../../api/workflows';
import type { Workflow } from '../../api/types';
import { documentOf, sameDocument, useBuilder } from '../../store/builder-store';
import { showToast } from '../../components/toast-store';
import { meQuery } from '../session/me-query';
import { signedInAgain } from '../session/signed-in-again';
import { drawMerged } from '../versions/draw-merged';
import { mergeAlone } from '../versions/merge-alone';
import { revisionQuery } from '../versions/use-versions';
import { keepDraft, restoredDraft } from './kept-draft';
import { SaveQueue, type SaveState, type StaleSave } from './save-queue';

export interface Saving {
  state: SaveState;
  /** Saves now; false when it could not be saved. */
  flush(): Promise<boolean>;
  /** The revision of the last save. */
  revision(): number;
  /** Saves what is drawn as another workflow and opens that. */
  saveCopy(): void;
  /** Saves what a conflict was merged to, on top of the revision that it was with. */
  resolve(revision: number, stale: StaleSave, merged: WorkflowDocument): void;
  /** Gives up what is unsent. */
  discard(): void;
}

/** Browsers refuse longer bodies on requests that outlive the page. */
const KEEPALIVE_LIMIT = 60_000;

/** Autosave of the open workflow: after a quiet moment, on leaving the page, and again when the server is back. */
export function useSaving(workflow: Workflow): Saving {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [state, setState] = useState<SaveState>({ kind: 'saved', at: workflow.updatedAt });
  const person = queries.getQueryData(meQuery.queryKey);
  const username = person?.username;
  const owner = person ? `${person.tenantId}:${person.username}` : '';

  const queue = useMemo(
    () =>
      new SaveQueue(workflow.id, workflow.revision, workflow.definition, {
        send: (body, keepalive) => saveWorkflow(body, keepalive && JSON.stringify(body).length < KEEPALIVE_LIMIT),
        snapshot: () => documentOf(useBuilder.getState()),
        keep: (draft) => keepDraft(owner, workflow.id, draft),
        mergeAlone: (revision, stale) => {
          if (!mergeAlone(stale)) return false;
          void queries.fetchQuery(revisionQuery(workflow.id, revision)).then(
            ({ author }) =>
              showToast(
                `Merged with what ${author === username ? 'you' : (author ?? 'somebody')} changed${author === username ? ' elsewhere' : ''}`,
              ),
            () => showToast('Merged with what somebody changed'),
          );
          return true;
        },
        onState: setState,
      }),
    [workflow, owner, username, queries],
  );

  useEffect(() => {
    queue.start();
    const stop = useBuilder.subscribe((now, before) => {
      if (!now.readOnly && !sameDocument(now, before)) queue.changed();
    });
    const draft = restoredDraft(owner, workflow.id, workflow);
    if (draft?.stale) {
      const { id, revision, definition: theirs } = workflow;
      queue.conflicts(revision);
      void fetchRevision(id, draft.revision).then(
        ({ definition: base }) => queue.conflicts(revision, { base, theirs }),
        () => undefined,
      );
    }
    if (draft) useBuilder.getState().open({ ...workflow, definition: draft.definition });
    return () => {
      stop();
      queue.leave();
      queue.dispose();
    };
  }, [queue, owner, workflow]);

  useEffect(() => {
    const hidden = () => {
      if (document.visibilityState === 'hidden') queue.leave();
    };
    const leave = () => queue.leave();
    const flush = () => void queue.flush();
    const warn = (event: BeforeUnloadEvent) => {
      if (queue.hasUnsent && !navigator.onLine) event.preventDefault();
    };
    document.addEventListener('visibilitychange', hidden);
    window.addEventListener('pagehide', leave);
    window.addEventListener('blur', flush);
    window.addEventListener('online', flush);
    window.addEventListener('beforeunload', warn);
    const stop = signedInAgain.subscribe((who) => (who === 'same' ? flush() : queue.park()));
    return () => {
      document.removeEventListener('visibilitychange', hidden);
      window.removeEventListener('pagehide', leave);
      window.removeEventListener('blur', flush);
      window.removeEventListener('online', flush);
      window.removeEventListener('beforeunload', warn);
      stop();
    };
  }, [queue]);

  return useMemo(
    () => ({
      state,
      flush: () => queue.flush(),
      revision: () => queue.savedRevision,
      saveCopy: () => {
        const definition = documentOf(useBuilder.getState());
        void saveWorkflow({ definition: { ...definition, name: `${definition.name} (copy)` } }).then(({ id }) => {
          keepDraft(owner, workflow.id, undefined);
          void navigate(`/workflows/${id}`);
        });
      },
      resolve: (revision, stale, merged) => {
        drawMerged(stale, merged);
        queue.resolve(revision, stale.theirs);
      },
      discard: () => {
        queue.dispose();
        keepDraft(owner, workflow.id, undefined);
      },
    }),
    [state, queue, owner, workflow.id, navigate],
  );
}
