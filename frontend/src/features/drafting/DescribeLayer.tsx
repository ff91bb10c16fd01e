import { useReactFlow } from '@xyflow/react';
import { lazy, Suspense } from 'react';
import { FIT } from '../../canvas/fit';
import { useBuilder } from '../../store/builder-store';

// Fetched when it is asked for, so the canvas stands sooner.
const DescribeDialog = lazy(async () => ({ default: (await import('./DescribeDialog')).DescribeDialog }));

/** The dialog that drafts, while it is open. */
export function DescribeLayer() {
  const open = useBuilder((state) => state.describing && !state.readOnly);
  const { fitView } = useReactFlow();
  if (!open) return null;
  return (
    <Suspense>
      <DescribeDialog onClose={() => useBuilder.getState().setDescribing(false)} onAccepted={() => void fitView(FIT)} />
    </Suspense>
  );
}
