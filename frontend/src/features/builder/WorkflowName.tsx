import { useEffect, useState } from 'react';
import { useBuilder } from '../../store/builder-store';

/** The name, edited in place. An empty name is not taken over. */
export function WorkflowName() {
  const name = useBuilder((state) => state.name);
  const readOnly = useBuilder((state) => state.readOnly);
  /** What is in the field while it is edited. */
  const [typed, setTyped] = useState<string>();

  useEffect(() => {
    document.title = `${name} · SnowFlow`;
  }, [name]);

  return (
    <h1>
      <input
        className="topbar-name"
        aria-label="Workflow name"
        value={typed ?? name}
        maxLength={200}
        readOnly={readOnly}
        onChange={(event) => {
          setTyped(event.target.value);
          if (event.target.value.trim()) useBuilder.getState().rename(event.target.value.trim());
        }}
        onBlur={() => {
          setTyped(undefined);
          useBuilder.getState().endBurst();
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' || event.key === 'Escape') event.currentTarget.blur();
        }}
      />
    </h1>
  );
}
