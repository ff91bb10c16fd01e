import { Loaded } from '../../features/settings/Loaded';
import { PoliciesForm } from '../../features/settings/policies/PoliciesForm';
import { usePolicies } from '../../features/settings/policies/use-policies';
import { AdminOnly } from './AdminOnly';
import { SettingsHeader } from './SettingsHeader';

const TITLE = 'Policies';

export function PoliciesPage() {
  return (
    <AdminOnly title={TITLE}>
      <Kept />
    </AdminOnly>
  );
}

/** What workflows of the tenant may use, on top of what Snowflake grants. */
function Kept() {
  const policies = usePolicies();
  return (
    <>
      <SettingsHeader title={TITLE} />
      <p className="settings-text">
        Snowflake decides what a role may do. These lists narrow it for workflows, in the catalog, while editing and
        when they run, whoever runs them. They hold at once, for the next statement of runs under way, too.
      </p>
      <Loaded query={policies} what="The policies">
        {(kept) => <PoliciesForm policies={kept} />}
      </Loaded>
    </>
  );
}
