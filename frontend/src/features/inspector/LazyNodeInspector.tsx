import { lazy, Suspense, useEffect } from 'react';

const load = async () => ({ default: (await import('./NodeInspector')).NodeInspector });
const NodeInspector = lazy(load);

/** The settings of a node. Their code is fetched once the canvas stands, so the canvas stands sooner. */
export function LazyNodeInspector({ id }: { id: string }) {
  return (
    <Suspense>
      <NodeInspector id={id} />
    </Suspense>
  );
}

/** Fetches the inspector's code ahead of the first selection. */
export function useInspectorAhead(): void {
  useEffect(() => {
    const timer = setTimeout(() => void load(), 500);
    return () => clearTimeout(timer);
  }, []);
}
