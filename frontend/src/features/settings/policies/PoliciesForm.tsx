import { useForm } from 'react-hook-form';
import type { Policies } from '../../../api/policies';
import { Button } from '../../../components/Button';
import { showToast } from '../../../components/toast-store';
import { FormFailure } from '../FormFailure';
import { showServerErrors } from '../server-errors';
import { fieldOf, fromForm, POLICED_ROLES, POLICY_FIELDS, type PoliciesValues, toForm } from './policies-form';
import { PolicyList } from './PolicyList';
import { RoleLists } from './RoleLists';
import { useSavePolicies } from './use-policies';

/** The lists of what workflows may use. Nothing is saved before Save policies is pressed. */
export function PoliciesForm({ policies }: { policies: Policies }) {
  const form = useForm<PoliciesValues>({ defaultValues: toForm(policies) });
  const save = useSavePolicies();
  const { errors, isDirty } = form.formState;
  const submit = form.handleSubmit((values) =>
    save.mutate(fromForm(values, policies), {
      onSuccess: (saved) => {
        form.reset(toForm(saved));
        showToast('Policies saved');
      },
      onError: (error) => showServerErrors(form, error, (path) => fieldOf(path, values)),
    }),
  );
  return (
    <form className="settings-form settings-card" onSubmit={(event) => void submit(event)} noValidate>
      <div className="settings-grid">
        {POLICY_FIELDS.map(({ name, ...text }) => (
          <PolicyList key={name} {...text} error={errors[name]?.message} {...form.register(name)} />
        ))}
      </div>
      {POLICED_ROLES.map((role) => (
        <RoleLists key={role} role={role} form={form} />
      ))}
      <label className="deploy-check">
        <input type="checkbox" {...form.register('publishApproval')} /> Another owner or admin agrees before a workflow
        is published
      </label>
      <FormFailure title="The policies were not saved." error={save.error} />
      <div className="settings-actions">
        <Button
          look="primary"
          type="submit"
          unavailable={isDirty ? undefined : 'Nothing has changed'}
          aria-busy={save.isPending}
        >
          Save policies
        </Button>
        {isDirty && (
          <Button
            onClick={() => {
              save.reset();
              form.reset();
            }}
          >
            Discard changes
          </Button>
        )}
      </div>
    </form>
  );
}
