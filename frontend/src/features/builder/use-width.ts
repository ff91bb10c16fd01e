import { useSyncExternalStore } from 'react';

export type Width = 'full' | 'medium' | 'tablet' | 'phone';

const LIMITS: readonly [Width, string][] = [
  ['full', '(min-width: 1280px)'],
  ['medium', '(min-width: 1024px)'],
  ['tablet', '(min-width: 640px)'],
];

const current = (): Width => LIMITS.find(([, query]) => window.matchMedia(query).matches)?.[0] ?? 'phone';

function subscribe(listener: () => void): () => void {
  const lists = LIMITS.map(([, query]) => window.matchMedia(query));
  for (const list of lists) list.addEventListener('change', listener);
  return () => {
    for (const list of lists) list.removeEventListener('change', listener);
  };
}

/** Which of the builder's layouts fits the window. */
export function useWidth(): Width {
  return useSyncExternalStore(subscribe, current);
}
