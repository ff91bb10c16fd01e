import { useMemo } from 'react';
import { useSearchParams } from 'react-router';

export interface DetailsView {
  /** The node whose facts are shown. */
  node: string | null;
  /** The step whose statement is open. */
  step: string | null;
  tab: 'statements' | 'results';
  show(change: { node?: string | null; step?: string | null; tab?: 'statements' | 'results' }): void;
}

/** What of a run is looked at; it stands in the address, so that it can be shared and survives a reload. */
export function useDetailsView(): DetailsView {
  const [params, setParams] = useSearchParams();
  return useMemo(
    () => ({
      node: params.get('node'),
      step: params.get('step'),
      tab: params.get('tab') === 'results' ? 'results' : 'statements',
      show: (change) =>
        setParams(
          (before) => {
            const next = new URLSearchParams(before);
            for (const [name, value] of Object.entries(change)) {
              if (value === null) next.delete(name);
              else next.set(name, value);
            }
            return next;
          },
          { replace: true, preventScrollReset: true },
        ),
    }),
    [params, setParams],
  );
}
