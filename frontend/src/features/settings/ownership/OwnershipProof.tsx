import { useMutation, useQueryClient } from '@tanstack/react-query';
import { messageOf } from '../../../api/api-error';
import { askOwnershipChallenge, proveOwnership } from '../../../api/tenant';
import { Button } from '../../../components/Button';
import { Notice } from '../../../components/Notice';
import { absoluteTime } from '../../format/moments';
import { CopyBlock } from '../CopyBlock';
import { FormFailure } from '../FormFailure';

/** Becoming an owner by statements that only who manages grants in Snowflake can run. */
export function OwnershipProof() {
  const queries = useQueryClient();
  const challenge = useMutation({ mutationFn: askOwnershipChallenge, onMutate: () => verify.reset() });
  const verify = useMutation({
    mutationFn: proveOwnership,
    onSuccess: () => queries.invalidateQueries({ queryKey: ['me'] }),
  });
  return (
    <>
      <FormFailure title="There are no statements to run." error={challenge.error} />
      {!challenge.data && (
        <div className="settings-actions">
          <Button onClick={() => challenge.mutate()} aria-busy={challenge.isPending}>
            Show the statements
          </Button>
        </div>
      )}
      {challenge.data && !verify.data && (
        <>
          <p className="settings-text">
            Run these in Snowflake as who may use SECURITYADMIN or ACCOUNTADMIN, until{' '}
            {absoluteTime(challenge.data.expiresAt)}. Then have SnowFlow look for the grant.
          </p>
          <CopyBlock label="Statements of the proof" text={challenge.data.sql} />
          {verify.error && (
            <Notice tone="danger" title="Ownership is not proved.">
              {messageOf(verify.error)}
            </Notice>
          )}
          <div className="settings-actions">
            <Button look="primary" onClick={() => verify.mutate()} aria-busy={verify.isPending}>
              Verify ownership
            </Button>
            <Button onClick={() => challenge.mutate()} aria-busy={challenge.isPending}>
              New statements
            </Button>
          </div>
        </>
      )}
      {challenge.data && verify.data && (
        <>
          <Notice title="You own this tenant.">
            It holds for every way you sign in. Drop the role in Snowflake now: whoever has it may grant anything.
          </Notice>
          <CopyBlock label="Statements that tidy up" text={challenge.data.cleanUpSql} />
        </>
      )}
    </>
  );
}
