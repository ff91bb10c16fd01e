import { messageOf } from '../../api/api-error';
import type { Credential } from '../../api/credentials';
import { Button } from '../../components/Button';
import { Notice } from '../../components/Notice';
import { useWantedRight } from './use-wanted-right';
import { bindingFor, type WantedRight } from './wanted-right';

interface CredentialUseProps {
  wanted: WantedRight;
  credential: Credential;
  /** The person's own credential: nobody else approves it. */
  isOwn: boolean;
}

/** Whether a credential may be used for what is chosen, and the way to it: one's own is approved here, another's is asked for. */
export function CredentialUse({ wanted, credential, isOwn }: CredentialUseProps) {
  const want = useWantedRight(isOwn);
  const state = bindingFor(wanted, credential)?.state;
  const { name } = credential;
  if (state === 'approved') {
    return (
      <p className="field-hint" role="status">
        Approved: {name} may be used for this revision, role and warehouse.
      </p>
    );
  }
  const ask = (
    <Button size="sm" aria-busy={want.isPending} onClick={() => want.mutate(wanted)}>
      {isOwn ? `Approve use of ${name}` : 'Ask its owner'}
    </Button>
  );
  return (
    <>
      <Notice tone="warning" title="Needs approval." action={isOwn || state === undefined ? ask : undefined}>
        {isOwn
          ? `Nothing runs until you approve ${name} for this revision, role and warehouse.`
          : `Nothing runs until the owner of ${name} approves it, in Settings under Credentials.`}
        {state === 'proposed' && !isOwn && ' It was asked for.'}
      </Notice>
      {want.error && (
        <Notice tone="danger" title="The use was not approved.">
          {messageOf(want.error)}
        </Notice>
      )}
    </>
  );
}
