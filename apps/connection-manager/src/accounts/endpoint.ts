/** Where one Snowflake account answers. */
export interface Endpoint {
  /** The identifier as the driver sends it: `myorg-myaccount`, `ab12345.eu-central-1`, `demo`. */
  account: string;
  /** Scheme, host and port; nothing else of what a person typed ever reaches a URL. */
  origin: string;
}
