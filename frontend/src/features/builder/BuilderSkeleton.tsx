import { useLate } from '../../components/use-late';
import './Builder.css';

/** The builder's geometry while the workflow is on its way. */
export function BuilderSkeleton() {
  const late = useLate(true);
  if (!late) return null;
  return (
    <div className="builder" aria-busy="true" aria-label="Loading workflow">
      <div className="rail" />
      <div className="topbar" />
      <div className="left-panel" />
      <div className="canvas" />
    </div>
  );
}
