import { API_PREFIX } from '../openapi/api-document';

/** Where providers send browsers back to: of the configured address, never of the request's own Host. */
export function callbackUri(publicUrl: string): string {
  return `${publicUrl}/${API_PREFIX}/auth/oauth/callback`;
}
