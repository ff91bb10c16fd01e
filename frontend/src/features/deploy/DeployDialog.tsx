import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useForm } from 'react-hook-form';
import type { Me } from '../../api/types';
import { Button } from '../../components/Button';
import { Dialog } from '../../components/Dialog';
import { useBuilder } from '../../store/builder-store';
import type { Saving } from '../saving/use-saving';
import { meQuery } from '../session/me-query';
import { FormFailure } from '../settings/FormFailure';
import { showServerErrors } from '../settings/server-errors';
import { zodResolver } from '../settings/zod-resolver';
import { bodyOf, deploySchema, fieldOf, initialValues, TARGET_NAMES, type DeployValues } from './deploy-form';
import { DeployConfirm } from './DeployConfirm';
import { DeployFields } from './DeployFields';
import { DeployOutcome } from './DeployOutcome';
import { DeployShown } from './DeployShown';
import { ParameterFields } from './ParameterFields';
import { ScheduleFields } from './ScheduleFields';
import { useDeploy } from './use-deploy';
import './Deploy.css';

interface DeployDialogProps {
  workflowId: string;
  saving: Pick<Saving, 'flush' | 'revision'>;
  onClose: () => void;
}

/** Makes the workflow something that runs in Snowflake alone. Mounted while it is open. */
export function DeployDialog(props: DeployDialogProps) {
  const { data: me } = useQuery(meQuery);
  return me ? <OpenDialog {...props} me={me} /> : null;
}

function OpenDialog({ workflowId, saving, onClose, me }: DeployDialogProps & { me: Me }) {
  const name = useBuilder((state) => state.name);
  const parameters = useBuilder((state) => state.rest.parameters);
  const [confirming, setConfirming] = useState(false);
  const form = useForm<DeployValues>({
    resolver: zodResolver(deploySchema),
    defaultValues: initialValues(name, me, parameters),
  });
  const { preview, apply } = useDeploy(workflowId, saving);
  const { data, reset: forget } = preview;
  const { watch } = form;
  const target = watch('target');

  // What was shown is of the fields as they were.
  useEffect(() => {
    const following = watch(() => forget());
    return () => following.unsubscribe();
  }, [watch, forget]);

  const show = form.handleSubmit((values) =>
    preview.mutate((revision) => bodyOf(values, parameters, revision), {
      onError: (error) => showServerErrors(form, error, fieldOf),
    }),
  );

  if (apply.data) return <DeployOutcome deployed={apply.data} onClose={onClose} />;
  if (confirming && data) {
    return (
      <DeployConfirm
        what={`${TARGET_NAMES[target].toLowerCase()} ${form.getValues('name')}`}
        rights={data.shown.rights}
        me={me}
        busy={apply.isPending}
        error={apply.error}
        onConfirm={() => apply.mutate({ body: data.body, fingerprint: data.shown.fingerprint })}
        onBack={() => setConfirming(false)}
      />
    );
  }
  const isReady = data !== undefined && data.shown.statements.length > 0;
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title="Deploy to Snowflake"
      description="What is made runs in Snowflake without SnowFlow. It is made of the draft as it is now."
    >
      <form className="deploy-form" onSubmit={(event) => void show(event)} noValidate>
        <DeployFields form={form} />
        {target === 'task' && <ScheduleFields form={form} warehouses={me.warehouses} />}
        <ParameterFields form={form} parameters={parameters} />
        <FormFailure title="There is nothing to show." error={preview.error} />
        {data && (
          <DeployShown shown={data.shown} fileName={`${form.getValues('name') || 'workflow'}.sql`} onLeave={onClose} />
        )}
        <div className="dialog-actions">
          <Button onClick={onClose}>Close</Button>
          <Button look={isReady ? 'default' : 'primary'} type="submit" aria-busy={preview.isPending}>
            Show SQL
          </Button>
          {isReady && target !== 'sql' && (
            <Button
              look="primary"
              unavailable={me.appRole === 'viewer' ? 'Viewers can’t create anything. Copy the SQL instead' : undefined}
              onClick={() => setConfirming(true)}
            >
              Create in Snowflake
            </Button>
          )}
        </div>
      </form>
    </Dialog>
  );
}
