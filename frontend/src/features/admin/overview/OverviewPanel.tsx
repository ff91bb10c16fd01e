import type { Overview, OverviewGroup } from '../../../api/tower';
import { EmptyState } from '../../../components/EmptyState';
import { Loaded } from '../../settings/Loaded';
import { Choice } from '../Choice';
import { SPANS, spanOf } from '../tower-time';
import { useTowerParams } from '../use-tower-params';
import { FigureTable } from './FigureTable';
import { FigureTiles } from './FigureTiles';
import { OverTime } from './OverTime';
import { groupLink } from './runs-link';
import { useOverview } from './use-overview';

const GROUPS = [
  { id: 'workflow', label: 'By workflow', what: 'Workflow', none: 'Unsaved workflows' },
  { id: 'person', label: 'By person', what: 'Person', none: 'Nobody' },
  { id: 'warehouse', label: 'By warehouse', what: 'Warehouse', none: 'No warehouse' },
] as const;

/** What everybody ran and what it took. */
export function OverviewPanel() {
  const { params, change } = useTowerParams();
  const span = spanOf(params);
  const group = GROUPS.find(({ id }) => id === params.get('by')) ?? GROUPS[0];
  const overview = useOverview(span, group.id);
  return (
    <>
      <div className="tower-bar">
        <Choice label="Time" value={span.id} options={SPANS} onChange={(last) => change({ last })} />
        <Choice label="Grouped" value={group.id} options={GROUPS} onChange={(by) => change({ by })} />
      </div>
      <Loaded query={overview} what="The overview">
        {(data) => (
          <>
            <FigureTiles overview={data} />
            <OverTime overview={data} />
            <Groups overview={data} />
          </>
        )}
      </Loaded>
    </>
  );
}

function Groups({ overview }: { overview: Overview }) {
  const group = GROUPS.find(({ id }) => id === overview.by) ?? GROUPS[0];
  return (
    <section className="tower-card" aria-label={group.label}>
      <header>
        <h2>{group.label}</h2>
      </header>
      {overview.groups.length === 0 ? (
        <EmptyState title="Nobody ran anything in this time." text="Choose a longer one." />
      ) : (
        <FigureTable
          name={`by-${group.id}`}
          caption={`Figures ${group.label.toLowerCase()}`}
          what={group.what}
          totals={overview.totals}
          rows={overview.groups.map((one) => ({
            key: one.isRest ? 'rest' : (one.id ?? ''),
            name: nameOf(one, group.none),
            to: groupLink(overview, one),
            figures: one,
          }))}
        />
      )}
    </section>
  );
}

/** What was deleted is known by its id only. */
const nameOf = ({ isRest, name, id }: OverviewGroup, none: string) => (isRest ? 'All others' : (name ?? id ?? none));
