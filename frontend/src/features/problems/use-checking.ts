import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { validateWorkflow } from '../../api/workflows';
import { documentOf, sameDocument, useBuilder } from '../../store/builder-store';
import { checkDocument } from './check-document';
import { rememberDescribed, recallDescribed, type Answered } from './described-columns';
import { knowledgeOf } from './known-sources';

const HERE_AFTER_MS = 120;
const SERVER_AFTER_MS = 700;

/** Checks the draft as it changes: at once in the browser, and after a pause on the server, which also reads the SQL. */
export function useChecking(): void {
  const queries = useQueryClient();

  useEffect(() => {
    let hereTimer: ReturnType<typeof setTimeout> | undefined;
    let serverTimer: ReturnType<typeof setTimeout> | undefined;
    let asking = new AbortController();
    let disposed = false;
    let answered: Answered | undefined;

    const checkHere = () => {
      if (disposed) return;
      const state = useBuilder.getState();
      const document = documentOf(state);
      const { known, asked } = knowledgeOf(document, queries);
      state.setFindings(checkDocument(document, recallDescribed(document, known, queries)));
      void asked?.then(() => {
        takeIn();
        checkHere();
      });
    };
    /** What is described over a table's columns can be kept once those are known here too. */
    const takeIn = () => {
      if (answered) rememberDescribed(answered, knowledgeOf(answered.document, queries).known, queries);
    };
    const askServer = () => {
      asking = new AbortController();
      const { signal } = asking;
      const document = documentOf(useBuilder.getState());
      validateWorkflow(document, signal).then(
        (found) => {
          if (signal.aborted) return;
          useBuilder.getState().setServerFindings(found);
          answered = { document, columns: found.columns };
          takeIn();
          checkHere();
        },
        // The browser's own check stands; saving already says when the server is away.
        () => undefined,
      );
    };
    const later = () => {
      clearTimeout(hereTimer);
      clearTimeout(serverTimer);
      asking.abort();
      // The role may be another one now.
      answered = undefined;
      hereTimer = setTimeout(checkHere, HERE_AFTER_MS);
      serverTimer = setTimeout(askServer, SERVER_AFTER_MS);
    };

    later();
    const stopStore = useBuilder.subscribe((now, before) => {
      if (!sameDocument(now, before)) later();
    });
    const stopCatalog = queries.getQueryCache().subscribe(({ type, query }) => {
      if (type === 'updated' && query.queryKey[1] === 'knowledge' && query.state.isInvalidated) later();
    });
    return () => {
      disposed = true;
      clearTimeout(hereTimer);
      clearTimeout(serverTimer);
      asking.abort();
      stopStore();
      stopCatalog();
    };
  }, [queries]);
}
