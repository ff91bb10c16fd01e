/** Whether a host is on a list: exact, or below an entry with a leading dot. */
export function isHostListed(host: string, list: readonly string[]): boolean {
  return list.some((entry) => {
    const listed = entry.toLowerCase();
    return listed.startsWith('.') ? host.endsWith(listed) && host.length > listed.length : host === listed;
  });
}
