import { useWatch, type UseFormReturn } from 'react-hook-form';
import { FormFailure } from '../settings/FormFailure';
import { PublishState } from '../versions/PublishState';
import { usePublishing, wantsApproval } from '../versions/use-publishing';
import { REVISION, type PublishValues } from './publish-form';

interface ApprovalOfRevisionProps {
  workflowId: string;
  form: UseFormReturn<PublishValues>;
  /** Why it was not published, where it was not. */
  refusal: Error | null;
}

/** Where somebody has to agree first: what became of the request for the revision that is picked, and why. Nothing where nobody asked. */
export function ApprovalOfRevision({ workflowId, form, refusal }: ApprovalOfRevisionProps) {
  const { requests, ask } = usePublishing(workflowId, true);
  const typed = useWatch({ control: form.control, name: 'revision' });
  if (!REVISION.test(typed)) return null;
  const number = Number(typed);
  return (
    <>
      <FormFailure title="Nobody was asked." error={ask.error} />
      <PublishState
        number={number}
        request={requests.find(({ revision }) => revision === number)}
        refused={wantsApproval(refusal)}
        onAsk={() => ask.mutate(number)}
      />
    </>
  );
}
