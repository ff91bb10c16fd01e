import type { Credential } from '../../../api/credentials';
import { Button } from '../../../components/Button';
import { Dialog } from '../../../components/Dialog';
import { FormFailure } from '../FormFailure';
import { continueTo } from './continue-to';
import { useStartGrant } from './use-credentials';

/** Gets a stored OAuth credential a new grant, under the role that it has. */
export function ReplaceGrantDialog({ credential, onClose }: { credential: Credential; onClose: () => void }) {
  const { id, name, provider, boundRole } = credential;
  const start = useStartGrant();
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Replace the secret of ${name}`}
      description="The new one works from the next use on. Approved uses stay approved."
      actions={
        <>
          <Button onClick={onClose}>Keep the present one</Button>
          <Button
            look="primary"
            aria-busy={start.isPending || start.isSuccess}
            onClick={() => start.mutate({ credentialId: id })}
          >
            {continueTo(provider)}
          </Button>
        </>
      }
    >
      <FormFailure title="The secret was not replaced." error={start.error} />
      <p>
        This tab goes to {provider === 'external' ? 'your identity provider' : 'Snowflake'}, where you sign in as
        yourself
        {boundRole ? (
          <>
            {' '}
            under the role <code>{boundRole}</code>
          </>
        ) : null}
        , and comes straight back.
      </p>
    </Dialog>
  );
}
