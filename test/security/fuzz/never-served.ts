/** Routes that a fuzz can't get an answer of success from, and why. */
export const NEVER_SERVED: Readonly<Record<string, string>> = {
  'post /auth/ownership/verify': "needs a proof that an account administrator has written into the account's comment",
  'get /admin/oauth-clients/external/setup-sql': 'reads the discovery document of an issuer, and none runs here',
  'post /credentials/oauth': 'needs an OAuth client that is set up in the account',
  'post /catalog/semantic-models': 'a semantic model that Snowflake takes is more than chance draws',
  'get /catalog/semantic-models/{database}/{schema}/{name}': 'the demo account has no semantic model',
  'post /catalog/semantic-models/ask': 'the demo account has no Cortex Analyst',
};
