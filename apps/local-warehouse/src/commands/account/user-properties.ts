import type { Person } from '../../accounts/person';
import type { PropertyValue } from '../../parser/statement-tree';
import { unsupported, WarehouseError } from '../../statements/warehouse-error';

const MINUTE_MS = 60_000;
const upper = (value: PropertyValue) => String(value).toUpperCase();

/** Only what follows changes anything here; what is not listed is refused by its name. */
const setters: Readonly<Record<string, (person: Person, value: PropertyValue) => void>> = {
  PASSWORD: (person, value) => (person.password = String(value)),
  DEFAULT_ROLE: (person, value) => (person.defaultRole = upper(value)),
  DISABLED: (person, value) => (person.disabled = value === true),
  MUST_CHANGE_PASSWORD: () => undefined,
  DEFAULT_WAREHOUSE: () => undefined,
  LOGIN_NAME: () => undefined,
  COMMENT: () => undefined,
  MINS_TO_UNLOCK: (person, value) => {
    person.lockedUntilMs = Date.now() + Number(value) * MINUTE_MS;
    person.failures = 0;
  },
  RSA_PUBLIC_KEY: (person, value) => (person.publicKeys.RSA_PUBLIC_KEY = keyOf(value)),
  RSA_PUBLIC_KEY_2: (person, value) => (person.publicKeys.RSA_PUBLIC_KEY_2 = keyOf(value)),
};

export function setProperties(person: Person, properties: readonly [string, PropertyValue][]): void {
  for (const [name, value] of properties) {
    const set = setters[name];
    if (!set) throw unsupported(`the user property ${name}`);
    set(person, value);
  }
}

export function unsetProperties(person: Person, names: readonly string[]): void {
  for (const name of names) {
    if (name === 'PASSWORD') person.password = undefined;
    else if (name === 'RSA_PUBLIC_KEY' || name === 'RSA_PUBLIC_KEY_2') delete person.publicKeys[name];
    else throw unsupported(`UNSET of the user property ${name}`);
  }
}

/** Base64 of the key's DER, with or without the lines of a PEM file around it. */
function keyOf(value: PropertyValue): string {
  const text = String(value).replace(/-----(?:BEGIN|END) PUBLIC KEY-----/g, '');
  const key = text.replace(/\s/g, '');
  if (/^[A-Za-z0-9+/]+=*$/.test(key) && key.length > 200) return key;
  throw new WarehouseError('390207', '42601', 'New public key rejected by current policy. Reason: Invalid public key');
}
