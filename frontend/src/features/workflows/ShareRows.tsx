import { useState } from 'react';
import type { Share } from '../../api/sharing';
import { Button } from '../../components/Button';

const ACCESS = { view: 'View', run: 'View and run', edit: 'View, run and edit' } as const;

/** With whom something is shared: one row each, and one to add somebody. */
export function ShareRows({ items, onChange }: { items: Share[]; onChange: (items: Share[]) => void }) {
  const [to, setTo] = useState('');
  const change = (index: number, part: Partial<Share>) =>
    onChange(items.map((item, at) => (at === index ? { ...item, ...part } : item)));
  return (
    <>
      {items.length === 0 && <p className="quiet">Only you see it.</p>}
      <ul className="share-rows">
        {items.map((item, index) => (
          <li key={item.to}>
            <span className="mono">{item.to}</span>
            <select
              className="control"
              aria-label={`Access of ${item.to}`}
              value={item.access}
              onChange={({ target }) => {
                const access = (['view', 'run', 'edit'] as const).find((one) => one === target.value);
                if (access) change(index, { access });
              }}
            >
              {Object.entries(ACCESS).map(([access, label]) => (
                <option key={access} value={access}>
                  {label}
                </option>
              ))}
            </select>
            <label>
              <input
                type="checkbox"
                checked={item.details}
                onChange={(event) => change(index, { details: event.target.checked })}
              />{' '}
              May see details
            </label>
            <Button size="xs" onClick={() => onChange(items.filter((one) => one !== item))}>
              Remove {item.to}
            </Button>
          </li>
        ))}
      </ul>
      <div className="share-add">
        <input
          className="control"
          aria-label="Share with"
          placeholder="everyone, role:builder or user:JON"
          value={to}
          onChange={(event) => setTo(event.target.value)}
        />
        <Button
          unavailable={to.trim() ? undefined : 'Say with whom first'}
          onClick={() => {
            onChange([...items, { to: to.trim(), access: 'view', details: false }]);
            setTo('');
          }}
        >
          Add
        </Button>
      </div>
    </>
  );
}
