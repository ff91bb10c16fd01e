/** The account identifier in what a person pasted: a Snowflake URL of either kind, or the identifier itself. */
export function accountName(pasted: string): string {
  const text = pasted.trim();
  const appUrl = /^(?:https?:\/\/)?app\.snowflake\.com\/([^/?#\s]+)\/([^/?#\s]+)/i.exec(text);
  // app.snowflake.com/<organization>/<account>; a region such as eu-central-1 in the first place means <region>/<locator>.
  if (appUrl) {
    const [, first = '', second = ''] = appUrl;
    return /^[a-z]+-[a-z]+-\d/i.test(first) ? `${second}.${first}` : `${first}-${second}`;
  }
  return text
    .replace(/^https?:\/\//i, '')
    .replace(/[/?#].*$/, '')
    .replace(/:\d+$/, '')
    .replace(/\.snowflakecomputing\.com$/i, '')
    .replace(/\.snowflakecomputing\.cn$/i, '.cn');
}
