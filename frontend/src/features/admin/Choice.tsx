import { ChevronDown } from 'lucide-react';
import '../../components/Field.css';

interface ChoiceProps {
  label: string;
  value: string;
  options: readonly { id: string; label: string }[];
  onChange: (id: string) => void;
}

/** One of a few, in the bar above what it changes. */
export function Choice({ label, value, options, onChange }: ChoiceProps) {
  return (
    <div className="control-select">
      <select className="control" aria-label={label} value={value} onChange={(event) => onChange(event.target.value)}>
        {options.map((option) => (
          <option key={option.id} value={option.id}>
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDown size={14} aria-hidden />
    </div>
  );
}
