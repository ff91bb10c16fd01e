/** Whether YYYY-MM-DD is a day there is: Date.parse takes 2024-02-30 as March 1st; what comes back must be the day that went in. */
export function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
