import { useState } from 'react';
import type { AuditFilters } from '../../../api/audit';
import { Button } from '../../../components/Button';
import { TextField } from '../../../components/TextField';
import { SelectField } from '../../settings/SelectField';
import { AUDIT_KINDS } from './audit-filters';

interface AuditFilterBarProps {
  filters: AuditFilters;
  onChange: (filters: AuditFilters) => void;
}

/** What is typed holds on Enter or when the field is left; what is chosen at once. */
export function AuditFilterBar({ filters, onChange }: AuditFilterBarProps) {
  const set = (name: keyof AuditFilters) => (value: string) => onChange({ ...filters, [name]: value || undefined });
  const kinds = { ...(filters.objectKind ? { [filters.objectKind]: filters.objectKind } : {}), ...AUDIT_KINDS };
  return (
    <div className="audit-filters" role="search" aria-label="Filter the audit log">
      <SettledField label="Who" placeholder="Name or id" value={filters.actor} onSettle={set('actor')} />
      <SettledField label="What" placeholder="workflow.saved" value={filters.action} onSettle={set('action')} />
      <SelectField
        label="Kind"
        value={filters.objectKind ?? ''}
        onChange={(event) => set('objectKind')(event.target.value)}
      >
        <option value="">Everything</option>
        {Object.entries(kinds).map(([kind, name]) => (
          <option key={kind} value={kind}>
            {name}
          </option>
        ))}
      </SelectField>
      <SettledField label="Name" placeholder="Part of a name" value={filters.search} onSettle={set('search')} />
      <SettledField label="From" type="date" value={filters.from} onSettle={set('from')} />
      <SettledField label="Before" type="date" value={filters.to} onSettle={set('to')} />
      {Object.keys(filters).length > 0 && <Button onClick={() => onChange({})}>Clear filters</Button>}
    </div>
  );
}

interface SettledFieldProps {
  label: string;
  value: string | undefined;
  onSettle: (value: string) => void;
  placeholder?: string;
  type?: 'text' | 'date';
}

function SettledField({ label, value = '', onSettle, placeholder, type = 'text' }: SettledFieldProps) {
  const [typed, setTyped] = useState(value);
  const [known, setKnown] = useState(value);
  // Another value, as from a link or when filters are cleared, takes the place of what was typed.
  if (known !== value) {
    setKnown(value);
    setTyped(value);
  }
  const settle = () => {
    if (typed.trim() !== value) onSettle(typed.trim());
  };
  return (
    <TextField
      label={label}
      type={type}
      placeholder={placeholder}
      maxLength={255}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={settle}
      onKeyDown={(event) => {
        if (event.key === 'Enter') settle();
      }}
    />
  );
}
