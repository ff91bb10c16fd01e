import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useSearchParams } from 'react-router';
import { Button } from '../components/Button';
import { EmptyState } from '../components/EmptyState';
import { PageFrame } from '../components/PageFrame';
import { ScheduleDialog } from '../features/schedules/ScheduleDialog';
import { SchedulesPanel } from '../features/schedules/SchedulesPanel';
import { TenantSchedules } from '../features/schedules/TenantSchedules';
import { useSchedules } from '../features/schedules/use-schedules';
import { meQuery } from '../features/session/me-query';
import { Loaded } from '../features/settings/Loaded';
import { isAdministrator } from '../features/settings/names';
import '../features/settings/Settings.css';

/** What the person's workflows run by the clock. `?new=<workflow>` asks for another one, `?edit=<schedule>` for a change. */
export function SchedulesPage() {
  const schedules = useSchedules();
  const { data: me } = useQuery(meQuery);
  const [params, setParams] = useSearchParams();
  const wanted = params.get('new');
  const edited = schedules.data?.find(({ id }) => id === params.get('edit'));
  const close = () => setParams({}, { replace: true });
  useEffect(() => {
    document.title = 'Schedules · SnowFlow';
  }, []);
  const create = (
    <Button look="primary" onClick={() => setParams({ new: '' })}>
      New schedule
    </Button>
  );
  return (
    <PageFrame skipTo="schedules">
      <header className="page-head">
        <h1>Schedules</h1>
        {create}
      </header>
      <Loaded query={schedules} what="The schedules">
        {(items) =>
          items.length === 0 ? (
            <div className="page-card">
              <EmptyState
                title="Nothing runs by the clock yet."
                text="A schedule runs a published workflow as a stored credential, once at each of its times."
              />
            </div>
          ) : (
            <SchedulesPanel schedules={items} onEdit={(edit) => setParams({ edit })} />
          )
        }
      </Loaded>
      {me && isAdministrator(me.appRole) && <TenantSchedules />}
      {me && wanted !== null && <ScheduleDialog me={me} workflowId={wanted} onClose={close} />}
      {me && edited && <ScheduleDialog key={edited.id} me={me} schedule={edited} onClose={close} />}
    </PageFrame>
  );
}
