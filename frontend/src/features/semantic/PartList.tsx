import { Plus, Trash2 } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { Button } from '../../components/Button';
import { useEditing } from './editing-context';
import { listIn, textIn, type Draft, type ModelPath } from './model-text';

interface PartListProps {
  /** What holds the list, and where. */
  draft: Draft;
  path: ModelPath;
  field: string;
  title: string;
  /** As `dimension`: for the buttons. */
  noun: string;
  /** A new one, to be filled in. */
  made: Draft;
  children: (part: Draft, path: ModelPath) => ReactNode;
}

/** One list of a model. Each part opens to its fields. */
export function PartList({ draft, path, field, title, noun, made, children }: PartListProps) {
  const { add } = useEditing();
  const parts = listIn(draft, field);
  const list = [...path, field];
  const Heading = path.length === 0 ? 'h2' : 'h3';
  return (
    <section className="semantic-parts" aria-label={title}>
      <Heading>{`${title} ${parts.length}`}</Heading>
      <ul>
        {parts.map((part, index) => (
          <li key={index}>
            <Part part={part} path={[...list, index]} noun={noun}>
              {children(part, [...list, index])}
            </Part>
          </li>
        ))}
      </ul>
      <Button size="sm" look="dash" onClick={() => add(list, made)}>
        <Plus size={14} aria-hidden /> {`Add ${noun}`}
      </Button>
    </section>
  );
}

function Part({ part, path, noun, children }: { part: Draft; path: ModelPath; noun: string; children: ReactNode }) {
  const { remove } = useEditing();
  const name = textIn(part, 'name');
  const [open, setOpen] = useState(name === '');
  const what = `${noun} ${name}`.trim();
  return (
    <details className="semantic-part" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span>{name || `New ${noun}`}</span> <code>{textIn(part, 'expr')}</code>
      </summary>
      {open && (
        <div className="semantic-fields">
          {children}
          <Button size="sm" look="ghost" onClick={() => remove(path)} aria-label={`Remove ${what}`}>
            <Trash2 size={14} aria-hidden /> Remove
          </Button>
        </div>
      )}
    </details>
  );
}
