const DAY_MS = 86_400_000;

/** `12 Jan 2027`. */
export function dayText(moment: string): string {
  return new Date(moment).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
}

/** When something ends, and whether that has passed or is near: `12 Jan 2027, in 5 days`. */
export function expiryText(moment: string, now = Date.now()): string {
  const left = Date.parse(moment) - now;
  if (left <= 0) return `Expired on ${dayText(moment)}`;
  const days = Math.floor(left / DAY_MS);
  if (days > 14) return dayText(moment);
  if (days === 0) return `${dayText(moment)}, in less than a day`;
  return `${dayText(moment)}, in ${days} ${days === 1 ? 'day' : 'days'}`;
}
