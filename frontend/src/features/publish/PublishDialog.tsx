import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import type { Credential } from '../../api/credentials';
import type { Publication } from '../../api/publications';
import type { Me } from '../../api/types';
import { Button } from '../../components/Button';
import { Dialog } from '../../components/Dialog';
import { useBuilder } from '../../store/builder-store';
import '../deploy/Deploy.css';
import type { Saving } from '../saving/use-saving';
import { meQuery } from '../session/me-query';
import { NewApiKeyDialog } from '../settings/api-keys/NewApiKeyDialog';
import { CopyBlock } from '../settings/CopyBlock';
import { useCredentials } from '../settings/credentials/use-credentials';
import { FormFailure } from '../settings/FormFailure';
import { showServerErrors } from '../settings/server-errors';
import { zodResolver } from '../settings/zod-resolver';
import { bodyOf, curlOf, initialValues, publishSchema, type PublishValues } from './publish-form';
import { ApprovalOfRevision } from './ApprovalOfRevision';
import { PublishFields } from './PublishFields';
import { usePublication, useRemovePublication, useSavePublication } from './use-publication';

interface PublishDialogProps {
  workflowId: string;
  saving: Pick<Saving, 'revision'>;
  onClose: () => void;
}

/** Makes a revision of the workflow something that programs call with a key. Mounted while it is open. */
export function PublishDialog(props: PublishDialogProps) {
  const { data: me } = useQuery(meQuery);
  const publication = usePublication(props.workflowId);
  const credentials = useCredentials();
  if (me && publication.data !== undefined && credentials.data) {
    return <OpenDialog {...props} me={me} known={publication.data} credentials={credentials.data} />;
  }
  const failure = publication.error ?? credentials.error;
  return (
    <Dialog open onClose={props.onClose} title="Publish as API" description="So that programs call it with a key.">
      {failure ? <FormFailure title="It could not be loaded." error={failure} /> : <p role="status">Loading…</p>}
    </Dialog>
  );
}

interface OpenDialogProps extends PublishDialogProps {
  me: Me;
  known: Publication | null;
  credentials: readonly Credential[];
}

function OpenDialog({ workflowId, saving, onClose, me, known, credentials }: OpenDialogProps) {
  const name = useBuilder((state) => state.name);
  const parameters = useBuilder((state) => state.rest.parameters);
  const [makingKey, setMakingKey] = useState(false);
  const form = useForm<PublishValues>({
    resolver: zodResolver(publishSchema),
    defaultValues: initialValues(name, saving.revision(), me, known),
  });
  const save = useSavePublication(workflowId);
  const remove = useRemovePublication(workflowId);
  const viewer = me.appRole === 'viewer' ? 'Viewers can’t publish. Ask an admin for the role builder' : undefined;
  const submit = form.handleSubmit((values) =>
    save.mutate(bodyOf(values, known), {
      onError: (error) =>
        showServerErrors(form, error, (path) => (path in values ? (path as keyof PublishValues) : undefined)),
    }),
  );
  if (makingKey && known) return <NewApiKeyDialog publication={known} onClose={() => setMakingKey(false)} />;
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title="Publish as API"
      description="Programs call the revision with a key. It runs by a stored credential, and answers what its Response node gives."
    >
      <form className="deploy-form" onSubmit={(event) => void submit(event)} noValidate>
        <FormFailure title="It was not published." error={save.error ?? remove.error} />
        <ApprovalOfRevision workflowId={workflowId} form={form} refusal={save.error} />
        <PublishFields workflowId={workflowId} form={form} me={me} credentials={credentials} />
        {known && (
          <>
            <CopyBlock label="cURL" text={curlOf(window.location.origin, known.slug, parameters)} />
            <p className="field-hint">
              Its OpenAPI document, for who brings a key: <code>/api/v1/published/{known.slug}/openapi.json</code>
            </p>
          </>
        )}
        <div className="dialog-actions">
          <Button onClick={onClose}>Close</Button>
          {known && (
            <>
              <Button
                unavailable={viewer}
                aria-busy={remove.isPending}
                onClick={() => remove.mutate(undefined, { onSuccess: onClose })}
              >
                Stop publishing
              </Button>
              <Button unavailable={viewer} onClick={() => setMakingKey(true)}>
                New key for it
              </Button>
            </>
          )}
          <Button look="primary" type="submit" unavailable={viewer} aria-busy={save.isPending}>
            {known ? 'Save' : 'Publish'}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
