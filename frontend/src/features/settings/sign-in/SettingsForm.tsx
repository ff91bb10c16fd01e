import { useEffect, useState } from 'react';
import { FormProvider, useForm } from 'react-hook-form';
import type { TenantSettings } from '../../../api/tenant';
import { Button } from '../../../components/Button';
import { TextField } from '../../../components/TextField';
import { showToast } from '../../../components/toast-store';
import { BudgetFields } from '../../cost/BudgetFields';
import { showServerErrors } from '../server-errors';
import { zodResolver } from '../zod-resolver';
import { JoinRules } from './JoinRules';
import { MethodChoices } from './MethodChoices';
import { NumberField } from './NumberField';
import { OwnerRoles } from './OwnerRoles';
import { SaveFailure } from './SaveFailure';
import { fieldOf, fromForm, settingsFields, toForm, type SettingsValues } from './settings-form';
import { useNewerSettings, useSaveSettings } from './use-settings';
import { withChanges } from './with-changes';
import './SettingsForm.css';

/** What owners and admins decide for everybody of the tenant. Nothing is saved before Save settings is pressed. */
export function SettingsForm({ settings, isOwner }: { settings: TenantSettings; isOwner: boolean }) {
  const form = useForm<SettingsValues>({ resolver: zodResolver(settingsFields), defaultValues: toForm(settings) });
  /** What the fields began with: what is read anew meanwhile is not what the person saw. */
  const [began, setBegan] = useState(settings);
  const save = useSaveSettings();
  const newer = useNewerSettings();
  const { errors, isDirty } = form.formState;
  useEffect(() => {
    if (!isDirty) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [isDirty]);
  const submit = form.handleSubmit((values) => {
    newer.reset();
    save.mutate(fromForm(values, began), {
      onSuccess: (saved) => {
        setBegan(saved);
        form.reset(toForm(saved));
        showToast('Settings saved');
      },
      onError: (error) => showServerErrors(form, error, fieldOf),
    });
  });
  const loadNewer = () =>
    newer.mutate(undefined, {
      onSuccess: (found) => {
        const values = withChanges(form.getValues(), toForm(began), toForm(found));
        setBegan(found);
        save.reset();
        form.reset(toForm(found));
        form.reset(values, { keepDefaultValues: true });
      },
    });
  return (
    <FormProvider {...form}>
      <form className="settings-form settings-card" onSubmit={(event) => void submit(event)} noValidate>
        <MethodChoices />
        <JoinRules />
        <OwnerRoles isOwner={isOwner} />
        <div className="settings-grid">
          <NumberField
            name="idleMinutes"
            label="Sessions end when idle for"
            unit="minutes"
            hint="5 to 1,440, counted from the last use."
          />
          <NumberField
            name="maxMinutes"
            label="Sessions end at the latest after"
            unit="minutes"
            hint="10 to 10,080, which is a week."
          />
        </div>
        <div className="settings-grid">
          <NumberField
            name="limits.statementsPerSession"
            label="Statements at once in one session"
            hint="1 to 1,000."
          />
          <NumberField
            name="limits.statementsPerTenant"
            label="Statements at once in all sessions"
            hint="1 to 10,000."
          />
          <NumberField
            name="limits.queueLength"
            label="Statements that may wait"
            hint="0 to 100,000. More are refused."
          />
          <NumberField
            name="limits.queueWaitSeconds"
            label="They wait at most"
            unit="seconds"
            hint="0 to 60, then they are refused."
          />
          <NumberField
            name="limits.queryTimeoutSeconds"
            label="A statement runs at most"
            unit="seconds"
            hint="1 to 172,800, then it is cancelled."
          />
          <NumberField
            name="limits.runsPerTenant"
            label="Runs at once"
            hint="1 to 10,000. Empty: the installation's number. More wait."
            optional
          />
          <NumberField
            name="limits.runsPerWorkflow"
            label="Runs at once of one workflow"
            hint="1 to 10,000. Empty: the installation's number. More wait."
            optional
          />
          <NumberField
            name="limits.runsPerWarehouse"
            label="Runs at once on one warehouse"
            hint="1 to 10,000. Empty: the installation's number. More wait."
            optional
          />
          <NumberField
            name="limits.runRetentionDays"
            label="Finished runs are kept for"
            unit="days"
            hint="1 to 3,650. Empty: the installation's time."
            optional
          />
          <BudgetFields prefix="limits.runBudget." />
          <TextField
            label="Default warehouse"
            note="optional"
            mono
            autoComplete="off"
            spellCheck={false}
            hint="For who signs in without one."
            error={errors.defaultWarehouse?.message}
            {...form.register('defaultWarehouse')}
          />
        </div>
        <SaveFailure error={save.error} newer={newer} onLoad={loadNewer} />
        <div className="settings-actions">
          <Button
            look="primary"
            type="submit"
            unavailable={isDirty ? undefined : 'Nothing has changed'}
            aria-busy={save.isPending}
          >
            Save settings
          </Button>
          {isDirty && (
            <Button
              onClick={() => {
                save.reset();
                newer.reset();
                form.reset();
              }}
            >
              Discard changes
            </Button>
          )}
        </div>
      </form>
    </FormProvider>
  );
}
