/** When a schedule runs: pure, so that every scheduler comes to the same instants. Instants are in milliseconds since 1970. */
export interface Timetable {
  /** The first instant after a moment. Nothing where there is none in the years to come. */
  after(moment: number): number | undefined;
  /** The last instant at or before a moment. */
  atOrBefore(moment: number): number | undefined;
  /** The shortest time between two of its instants by the clock on the wall. */
  readonly shortestMs: number;
}

/** The next instants after a moment. */
export function nextInstants(timetable: Timetable, moment: number, count: number): number[] {
  const found: number[] = [];
  for (let at = timetable.after(moment); at !== undefined && found.length < count; at = timetable.after(at)) {
    found.push(at);
  }
  return found;
}

/** The instants from one to another, both included: the newest of them, at most so many, oldest first. */
export function newestInstants(timetable: Timetable, from: number, to: number, atMost: number): number[] {
  const found: number[] = [];
  for (let at = timetable.atOrBefore(to); at !== undefined && at >= from && found.length < atMost;) {
    found.push(at);
    at = timetable.atOrBefore(at - 1);
  }
  return found.reverse();
}
