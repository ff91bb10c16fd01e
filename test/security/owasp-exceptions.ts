/** Rules of the OWASP set that are not asked, and why each would not make this API safer. */
export const NOT_ASKED: Readonly<Record<string, string>> = {
  'owasp:api2:2023-write-restricted':
    'signing in, renewing a sign-in and setting up OAuth are for who has no session yet',
  'owasp:api2:2023-read-restricted': 'so is asking how one may sign in, and whether an account can be reached',
  'owasp:api8:2023-define-error-responses-401':
    'the routes without it are those two kinds; all others are held to it by their guard',
  'owasp:api8:2023-define-error-responses-500':
    'nobody programs against INTERNAL; docs/API.md has its form, and the fuzz allows none',
  'owasp:api8:2023-define-error-validation': 'the routes without it take nothing that could be wrong',
  'owasp:api4:2023-rate-limit': 'answers do not tell what is left; a refusal says by Retry-After when to ask again',
  'owasp:api4:2023-array-limit':
    'lists are held to a length by their DTO (ArrayMaxSize) and by BODY_LIMIT_BYTES; answers by pages',
  'owasp:api4:2023-string-limit':
    'all texts that are sent have a maxLength; the rest are answers, which nobody sends us',
  'owasp:api4:2023-string-restricted':
    'names of Snowflake are any text of up to 255 characters; the parsers behind decide',
  'owasp:api4:2023-integer-format': 'each number has its minimum and maximum, which says more than a format',
  'owasp:api5:2023-admin-security-unique':
    'what an admin may is decided by the session, not by another way to sign in; test/authorization asks every route',
  'owasp:api9:2023-inventory-access': 'one document for every installation: who may reach one is its operator’s to say',
  'owasp:api9:2023-inventory-environment':
    'one document for every environment: the server is the address that it is read from',
};
