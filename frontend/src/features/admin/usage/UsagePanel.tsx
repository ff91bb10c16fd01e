import { useQuery } from '@tanstack/react-query';
import { fetchUsage, type Usage, type UsageRow } from '../../../api/tower';
import { EmptyState } from '../../../components/EmptyState';
import { Notice } from '../../../components/Notice';
import { Loaded } from '../../settings/Loaded';
import { Choice } from '../Choice';
import { SPANS, spanOf, timeOf } from '../tower-time';
import { useTowerParams } from '../use-tower-params';
import { UsageTable } from './UsageTable';

const GROUPS = [
  { id: 'workflow', label: 'By workflow', what: 'Workflow' },
  { id: 'revision', label: 'By revision', what: 'Workflow' },
  { id: 'person', label: 'By person', what: 'Person' },
  { id: 'key', label: 'By API key', what: 'API key' },
  { id: 'trigger', label: 'By how it was started', what: 'Started' },
] as const;

/** What runs cost, and how that is known. */
export function UsagePanel() {
  const { params, change } = useTowerParams();
  const span = spanOf(params);
  const group = GROUPS.find(({ id }) => id === params.get('by')) ?? GROUPS[0];
  const usage = useQuery({
    queryKey: ['tower', 'usage', span.id, group.id],
    queryFn: ({ signal }) => fetchUsage(timeOf(span), group.id, signal),
  });
  return (
    <>
      <div className="tower-bar">
        <Choice label="Time" value={span.id} options={SPANS} onChange={(last) => change({ last })} />
        <Choice label="Grouped" value={group.id} options={GROUPS} onChange={(by) => change({ by })} />
      </div>
      <Loaded query={usage} what="The usage">
        {(data) => (
          <>
            <Notice title={data.source === 'snowflake' ? 'Attributed by Snowflake.' : 'Estimates.'}>{data.rule}</Notice>
            <Rows usage={data} what={group.what} />
          </>
        )}
      </Loaded>
    </>
  );
}

function Rows({ usage, what }: { usage: Usage; what: string }) {
  if (usage.items.length > 0) return <UsageTable usage={usage} what={what} nameOf={nameOf} />;
  return (
    <div className="tower-card">
      <EmptyState title="Nothing was used in this time." text="Choose a longer one." />
    </div>
  );
}

function nameOf({ id, name, revision }: UsageRow): string {
  const named = name ?? id ?? 'Unsaved workflows';
  return revision === null ? named : `${named}, revision ${revision}`;
}
