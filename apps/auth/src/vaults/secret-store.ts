/** Where a secret is: the tenant it belongs to, and a name of letters, digits, - and _ (such as `sec_7Q…`). */
export interface SecretReference {
  tenantId: string;
  name: string;
}

/** Keeps secrets that outlive a session. Rows elsewhere hold references to them only. */
export abstract class SecretStore {
  /** Writes over what is there. */
  abstract put(reference: SecretReference, value: string): Promise<void>;

  /** undefined where nothing is there. */
  abstract get(reference: SecretReference): Promise<string | undefined>;

  /** With all of its former values; deleting what is not there is no mistake. */
  abstract delete(reference: SecretReference): Promise<void>;
}
