import { Loaded } from '../settings/Loaded';
import { SettingsSection } from '../settings/SettingsSection';
import { SchedulesPanel } from './SchedulesPanel';
import { useTenantSchedules } from './use-schedules';

/** For owners and admins: everything in the tenant that runs by the clock, to be paused or removed. */
export function TenantSchedules() {
  return (
    <SettingsSection title="Everybody's schedules" text="You may pause and remove any of them.">
      <Loaded query={useTenantSchedules()} what="The schedules of the tenant">
        {(items) =>
          items.length === 0 ? (
            <p className="field-hint">There are none.</p>
          ) : (
            <SchedulesPanel schedules={items} ofTenant />
          )
        }
      </Loaded>
    </SettingsSection>
  );
}
