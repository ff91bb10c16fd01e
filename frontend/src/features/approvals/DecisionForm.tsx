import { Check, X } from 'lucide-react';
import { useId, useMemo } from 'react';
import { useForm } from 'react-hook-form';
import type { Approval, Decision } from '../../api/approvals';
import { Button } from '../../components/Button';
import { FormFailure } from '../settings/FormFailure';
import { showServerErrors } from '../settings/server-errors';
import { zodResolver } from '../settings/zod-resolver';
import { AskedField } from './AskedField';
import { decisionSchema, emptyDecision, formOf, type DecisionValues } from './decision-values';
import { useDecide } from './use-approvals';
import '../../components/Field.css';

/** Approves with what is asked for, or rejects, which asks for nothing; either way with a comment. */
export function DecisionForm({ approval, rejectNeedsReason }: { approval: Approval; rejectNeedsReason: boolean }) {
  const { form: fields } = approval;
  const resolver = useMemo(() => zodResolver(decisionSchema(fields)), [fields]);
  const form = useForm<DecisionValues>({ resolver, defaultValues: emptyDecision(fields) });
  const decide = useDecide(approval);
  const commentId = useId();
  const { errors } = form.formState;

  const send = (decision: Decision) => {
    if (decide.isPending) return;
    decide.mutate(decision, { onError: (error) => showServerErrors(form, error, (path) => placeOf(path, fields)) });
  };
  const approve = form.handleSubmit(({ comment, fields: texts }) =>
    send({ decision: 'approve', ...commentOf(comment), form: formOf(fields, texts) }),
  );
  const reject = async () => {
    form.clearErrors();
    if (rejectNeedsReason && form.getValues('comment').trim() === '') {
      form.setError('comment', { message: 'Say why you reject it.' }, { shouldFocus: true });
      return;
    }
    if (await form.trigger('comment')) send({ decision: 'reject', ...commentOf(form.getValues('comment')) });
  };

  return (
    <form className="decision-form" onSubmit={(event) => void approve(event)} noValidate>
      <FormFailure title="The decision was not taken." error={decide.error} />
      {fields.map((field, index) => (
        <AskedField
          key={field.name}
          field={field}
          error={errors.fields?.[index]?.message}
          register={form.register(`fields.${index}`)}
        />
      ))}
      <div className="field">
        <label htmlFor={commentId}>
          Comment <span className="field-note">{rejectNeedsReason ? '(needed to reject)' : '(optional)'}</span>
        </label>
        <textarea
          id={commentId}
          className="control"
          rows={2}
          aria-invalid={errors.comment ? true : undefined}
          aria-describedby={errors.comment && `${commentId}-error`}
          {...form.register('comment')}
        />
        {errors.comment && (
          <p id={`${commentId}-error`} className="field-error">
            {errors.comment.message}
          </p>
        )}
      </div>
      <div className="decision-actions">
        <Button look="primary" type="submit" aria-busy={decide.isPending}>
          <Check size={14} aria-hidden /> Approve
        </Button>
        <Button onClick={() => void reject()} aria-busy={decide.isPending}>
          <X size={14} aria-hidden /> Reject
        </Button>
      </div>
    </form>
  );
}

const commentOf = (comment: string) => (comment.trim() === '' ? {} : { comment: comment.trim() });

function placeOf(path: string, fields: Approval['form']): 'comment' | `fields.${number}` | undefined {
  if (path === 'comment') return path;
  const index = fields.findIndex(({ name }) => path === `form.${name}`);
  return index < 0 ? undefined : `fields.${index}`;
}
