/** Where every provider leads browsers back to. */
export function redirectUriOf(publicUrl: string): string {
  return `${new URL(publicUrl).origin}/api/v1/auth/oauth/callback`;
}
