import type { ComponentProps } from 'react';
import { EmptyState } from '../../components/EmptyState';

/** Stands where the list would, with the same frame. */
export function NoWorkflows(props: ComponentProps<typeof EmptyState>) {
  return (
    <div className="workflows-empty">
      <EmptyState {...props} />
    </div>
  );
}
