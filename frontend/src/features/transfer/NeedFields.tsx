import type { ImportNeed, Mapping } from '../../api/transfer';
import { TextField } from '../../components/TextField';
import { fieldOf } from './need-words';

interface NeedFieldsProps {
  needs: readonly ImportNeed[];
  mapping: Mapping;
  /** The person's own databases and warehouses, offered while they type. */
  offered: Readonly<Record<string, readonly string[]>>;
  onMap: (mapping: Mapping) => void;
}

/** What a file names of its home, and what it is called here. */
export function NeedFields({ needs, mapping, offered, onMap }: NeedFieldsProps) {
  return (
    <>
      {Object.entries(offered).map(([kind, names]) => (
        <datalist key={kind} id={`transfer-${kind}`}>
          {names.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </datalist>
      ))}
      {needs.map(({ kind, name, state }) => {
        const { group, label, hints } = fieldOf(kind);
        return (
          <TextField
            key={`${kind} ${name}`}
            label={`${label} ${name}`}
            hint={hints[state]}
            type={kind === 'secret' ? 'password' : 'text'}
            autoComplete="off"
            list={kind in offered ? `transfer-${kind}` : undefined}
            value={mapping[group]?.[name] ?? ''}
            onChange={({ target: { value } }) => {
              const { [name]: _, ...others } = mapping[group] ?? {};
              onMap({ ...mapping, [group]: value === '' ? others : { ...others, [name]: value } });
            }}
          />
        );
      })}
    </>
  );
}
