import type { AskedValue } from '@snowflow/contracts/documents/template-terms';
import type { TemplateAsk } from '../../api/templates';
import { TextField } from '../../components/TextField';

interface AskFieldProps {
  ask: TemplateAsk;
  /** As it was typed. */
  text: string;
  error: string | undefined;
  onChange: (text: string) => void;
}

/** One answer that a template asks for. */
export function AskField({ ask, text, error, onChange }: AskFieldProps) {
  const { label, kind } = ask;
  if (kind === 'boolean') {
    return (
      <label className="ask-check">
        <input type="checkbox" checked={text === 'true'} onChange={(event) => onChange(String(event.target.checked))} />{' '}
        {label}
      </label>
    );
  }
  return (
    <TextField
      label={label}
      error={error}
      inputMode={kind === 'number' ? 'decimal' : undefined}
      hint={HINTS[kind]}
      value={text}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

const HINTS: Partial<Record<TemplateAsk['kind'], string>> = {
  texts: 'Several with commas between',
  date: 'As 2026-05-31',
  timestamp: 'As 2026-05-31T08:00:00Z',
};

/** What stands in the field before anybody types. */
export function textOfAsk({ value }: TemplateAsk): string {
  return Array.isArray(value) ? value.join(', ') : value === undefined ? '' : String(value);
}

/** The answer in its kind; undefined where the field says no more than the template. What is no number stays as it was typed, for the service to refuse. */
export function answerOf(ask: TemplateAsk, text: string): AskedValue | undefined {
  if (text === textOfAsk(ask)) return undefined;
  switch (ask.kind) {
    case 'boolean':
      return text === 'true';
    case 'number':
      return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
    case 'texts':
      return text
        .split(',')
        .map((one) => one.trim())
        .filter((one) => one !== '');
    default:
      return text;
  }
}
