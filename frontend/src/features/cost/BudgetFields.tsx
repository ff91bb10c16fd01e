import { useFormContext, type FieldValues } from 'react-hook-form';
import type { Budget } from '../../api/cost';
import { TextField } from '../../components/TextField';
import { bytesText, compactCount } from '../format/numbers';

interface BudgetFieldsProps {
  /** Where in the form the budget stands, as `limits.runBudget.`; empty where it is all of it. */
  prefix?: string;
  /** What holds besides, and may be lower. */
  tenant?: Budget;
}

const FIELDS = [
  { name: 'gigabytes', label: 'A run reads at most', note: 'GB', key: 'maxBytes', text: bytesText },
  { name: 'statements', label: 'A run sends at most', note: 'statements', key: 'maxStatements', text: compactCount },
  { name: 'seconds', label: 'No statement begins after', note: 'seconds', key: 'maxSeconds', text: compactCount },
  { name: 'tokens', label: 'Its models take at most', note: 'tokens', key: 'maxTokens', text: compactCount },
] as const;

/** The limits of a run; an empty field is no limit. */
export function BudgetFields({ prefix = '', tenant }: BudgetFieldsProps) {
  const { register, getFieldState, formState } = useFormContext<FieldValues>();
  return FIELDS.map(({ name, label, note, key, text }) => {
    const general = tenant?.[key] ?? null;
    return (
      <TextField
        key={name}
        label={label}
        note={note}
        inputMode="decimal"
        autoComplete="off"
        hint={general === null ? 'Empty is no limit.' : `Your tenant allows ${text(general)} at most.`}
        error={getFieldState(`${prefix}${name}`, formState).error?.message}
        {...register(`${prefix}${name}`)}
      />
    );
  });
}
