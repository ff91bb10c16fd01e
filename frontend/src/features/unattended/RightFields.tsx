import type { Credential } from '../../api/credentials';
import type { Me } from '../../api/types';
import { SelectField } from '../settings/SelectField';
import { CredentialUse } from './CredentialUse';

/** As whom something runs, as it is filled in. An empty warehouse is none. */
export interface RightValues {
  credentialId: string;
  role: string;
  warehouse: string;
}

interface RightFieldsProps {
  values: RightValues;
  onChange: (change: Partial<RightValues>) => void;
  errors: Partial<Record<keyof RightValues, string | undefined>>;
  /** What the right is for; nothing as long as it is not chosen. */
  work: { workflowId: string; revisionHash: string } | undefined;
  me: Me;
  credentials: readonly Credential[];
}

/** As whom work without a person runs, and whether that is approved. */
export function RightFields({ values, onChange, errors, work, me, credentials }: RightFieldsProps) {
  const { credentialId, role, warehouse } = values;
  const roles = [...new Set([...me.roles, role])].filter(Boolean);
  const warehouses = [...new Set([...me.warehouses, warehouse])].filter(Boolean);
  const credential = credentials.find(({ id }) => id === credentialId);
  return (
    <>
      <div className="deploy-grid">
        <SelectField
          label="Credential"
          value={credentialId}
          error={errors.credentialId}
          onChange={({ target }) => onChange({ credentialId: target.value })}
        >
          <option value="">Choose…</option>
          {credentials.map(({ id, name, username, state }) => (
            <option key={id} value={id}>
              {`${name} (${username})${state === 'suspended' ? ', suspended' : ''}`}
            </option>
          ))}
        </SelectField>
        <SelectField
          label="Role"
          value={role}
          error={errors.role}
          onChange={({ target }) => onChange({ role: target.value })}
        >
          {roles.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </SelectField>
        <SelectField
          label="Warehouse"
          value={warehouse}
          error={errors.warehouse}
          onChange={({ target }) => onChange({ warehouse: target.value })}
        >
          <option value="">None</option>
          {warehouses.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </SelectField>
      </div>
      {work && credential && role !== '' && (
        <CredentialUse
          wanted={{ ...work, credentialId, role, warehouse: warehouse || null }}
          credential={credential}
          isOwn={credential.username === me.username}
        />
      )}
    </>
  );
}
