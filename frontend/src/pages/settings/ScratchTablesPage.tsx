import type { ScratchTables } from '../../api/scratch-tables';
import { CopyBlock } from '../../features/settings/CopyBlock';
import { Loaded } from '../../features/settings/Loaded';
import { OverdueTables } from '../../features/settings/scratch/OverdueTables';
import { useScratchTables } from '../../features/settings/scratch/use-scratch-tables';
import { SettingsSection } from '../../features/settings/SettingsSection';
import { AdminOnly } from './AdminOnly';
import { SettingsHeader } from './SettingsHeader';

export function ScratchTablesPage() {
  return (
    <AdminOnly title="Scratch tables">
      <Overdue />
    </AdminOnly>
  );
}

/** Tables that outlived their runs, and how the account gets rid of them by itself. */
function Overdue() {
  const tables = useScratchTables();
  return (
    <>
      <SettingsHeader title="Scratch tables" />
      <p className="settings-text">
        Nodes that are set so keep their rows in transient tables while a run goes on. They are dropped when it has
        succeeded, and a day after one that failed or was cancelled, when its person signs in. These should be gone and
        are not: their person has not signed in since, or may no longer drop them.
      </p>
      <Loaded query={tables} what="The scratch tables">
        {({ items, tasks }) => (
          <>
            <OverdueTables tables={items} />
            {tasks.map((task) => (
              <SweepTask key={`${task.database}.${task.schema}`} task={task} />
            ))}
          </>
        )}
      </Loaded>
    </>
  );
}

function SweepTask({ task: { database, schema, sql } }: { task: ScratchTables['tasks'][number] }) {
  const place = `${database}.${schema}`;
  return (
    <SettingsSection
      title={`A task of your own for ${place}`}
      text="It drops every night what has expired there, 14 days after it was made. Run it in Snowflake as a role that owns the tables and may execute tasks."
    >
      <CopyBlock label={`Task for ${place}`} text={sql} />
    </SettingsSection>
  );
}
