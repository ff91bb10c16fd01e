import type { UseFormReturn } from 'react-hook-form';
import { LIST_FIELDS, type PolicedRole, type PoliciesValues } from './policies-form';
import { PolicyList } from './PolicyList';

const PEOPLE: Record<PolicedRole, string> = { admin: 'Admins', builder: 'Builders', viewer: 'Viewers' };

/** The lists of one app role, each in the place of the one for everybody. */
export function RoleLists({ role, form }: { role: PolicedRole; form: UseFormReturn<PoliciesValues> }) {
  const errors = form.formState.errors.byRole?.[role];
  const people = PEOPLE[role];
  return (
    <details open={errors !== undefined || undefined}>
      <summary>{people}: what differs</summary>
      <p className="field-hint">One line with * allows everything.</p>
      <div className="settings-grid">
        {LIST_FIELDS.map(({ name, label, hint, placeholder }) => (
          <PolicyList
            key={name}
            label={`${people}: ${label}`}
            hint={hint}
            empty="as for everybody"
            placeholder={placeholder}
            error={errors?.[name]?.message}
            {...form.register(`byRole.${role}.${name}`)}
          />
        ))}
      </div>
    </details>
  );
}
