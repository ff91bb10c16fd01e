import { AppError } from '@snowflow/contracts/errors/app-error';

/** An issuer is an https URL without query, fragment or credentials; origins that the installation names may do without https. */
export function assertIssuer(issuer: string | undefined, privateOrigins: readonly string[]): void {
  const url = issuer !== undefined && URL.canParse(issuer) ? new URL(issuer) : undefined;
  const isPlain = url && !url.search && !url.hash && !url.username && !url.password;
  if (isPlain && (url.protocol === 'https:' || privateOrigins.includes(url.origin))) return;
  const message = "Give the provider's issuer as an https URL, as https://login.example.com/tenant.";
  throw new AppError('VALIDATION', message, { errors: [{ path: 'issuer', message }] });
}
