import { Minus, Pencil, Plus } from 'lucide-react';
import './Describe.css';
import type { ChangedThing } from './change-text';

const MARKS = { added: Plus, removed: Minus, changed: Pencil };
const WORDS = { added: 'Added', removed: 'Removed', changed: 'Changed' };

/** What a draft would change, field by field. */
export function DraftChanges({ things }: { things: readonly ChangedThing[] }) {
  return (
    <ul className="draft-changes" aria-label="Changes">
      {things.map(({ key, kind, name, fields }) => {
        const Mark = MARKS[kind];
        return (
          <li key={key} data-kind={kind}>
            <Mark size={14} aria-hidden />
            <div>
              <span className="draft-kind">{WORDS[kind]}</span> <strong>{name}</strong>
              {fields.length > 0 && (
                <dl>
                  {fields.map((field) => (
                    <div key={field.name}>
                      <dt>{field.name}</dt>
                      <dd className="mono">
                        {field.before !== undefined && <del>{field.before}</del>}{' '}
                        {field.after !== undefined && <ins>{field.after}</ins>}
                      </dd>
                    </div>
                  ))}
                </dl>
              )}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
