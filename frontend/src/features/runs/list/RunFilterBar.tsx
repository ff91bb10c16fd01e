import { RUN_STATUSES } from '@snowflow/contracts/runs/run-state';
import { ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { STATE_LOOKS } from '../../../components/StateChip';
import type { RunFilters } from './run-filters';
import '../../../components/Field.css';

interface RunFilterBarProps {
  filters: RunFilters;
  workflows: readonly { id: string; name: string }[];
  onChange: (filters: RunFilters) => void;
}

export function RunFilterBar({ filters, workflows, onChange }: RunFilterBarProps) {
  return (
    <div className="run-filters" role="search" aria-label="Filter runs">
      <FilterSelect
        label="Status"
        all="Any status"
        value={filters.status}
        onChange={(value) => onChange({ ...filters, status: RUN_STATUSES.find((known) => known === value) ?? null })}
      >
        {RUN_STATUSES.map((status) => (
          <option key={status} value={status}>
            {STATE_LOOKS[status].word}
          </option>
        ))}
      </FilterSelect>
      <FilterSelect
        label="Workflow"
        all="Every workflow"
        value={filters.workflowId}
        onChange={(workflowId) => onChange({ ...filters, workflowId })}
      >
        {workflows.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </FilterSelect>
    </div>
  );
}

interface FilterSelectProps {
  label: string;
  /** What is said where nothing is filtered. */
  all: string;
  value: string | null;
  onChange: (value: string | null) => void;
  children: ReactNode;
}

function FilterSelect({ label, all, value, onChange, children }: FilterSelectProps) {
  return (
    <div className="control-select">
      <select
        className="control"
        aria-label={label}
        value={value ?? ''}
        onChange={(event) => onChange(event.target.value || null)}
      >
        <option value="">{all}</option>
        {children}
      </select>
      <ChevronDown size={14} aria-hidden />
    </div>
  );
}
