import { ChevronDown } from 'lucide-react';
import { FieldFrame, type WidgetProps } from '../FieldFrame';
import { useCalledWorkflow } from './use-called-workflow';

/** So many of the latest revisions are offered. */
const MOST = 50;

/** The published revision of the workflow beside it, or one that stays. */
export function RevisionField(props: WidgetProps) {
  const { data } = useCalledWorkflow(props);
  const latest = data?.revision ?? 0;
  const offered = Array.from({ length: Math.min(latest, MOST) }, (_, index) => latest - index);
  return (
    <FieldFrame
      {...props}
      render={({ value, onChange, invalid, describedBy, ...control }) => {
        const chosen = typeof value === 'number' ? value : undefined;
        const isElsewhere = chosen !== undefined && !offered.includes(chosen);
        return (
          <div className="control-select">
            <select
              {...control}
              className="control"
              value={chosen ?? 'published'}
              onChange={({ target }) => onChange(target.value === 'published' ? 'published' : Number(target.value))}
              aria-invalid={invalid || undefined}
              aria-describedby={describedBy}
            >
              <option value="published">As published</option>
              {isElsewhere && <option value={chosen}>Revision {chosen}</option>}
              {offered.map((revision) => (
                <option key={revision} value={revision}>
                  Revision {revision}
                </option>
              ))}
            </select>
            <ChevronDown size={14} aria-hidden />
          </div>
        );
      }}
    />
  );
}
