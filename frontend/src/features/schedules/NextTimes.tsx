interface NextTimesProps {
  times: readonly string[];
  timezone: string;
}

const shownIn = (timeZone: string, time: string) =>
  new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(new Date(time));

/** A zone that this browser does not know, or that is being typed, can't be shown in. */
function shownZone(timezone: string): string {
  try {
    return new Intl.DateTimeFormat(undefined, { timeZone: timezone }).resolvedOptions().timeZone && timezone;
  } catch {
    return 'UTC';
  }
}

/** The next times in the schedule's zone, and in the person's where that is another. */
export function NextTimes({ times, timezone: named }: NextTimesProps) {
  const timezone = shownZone(named);
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <table className="schedule-times">
      <caption>Next times</caption>
      <thead>
        <tr>
          <th scope="col">{timezone}</th>
          {own !== timezone && <th scope="col">{own} (yours)</th>}
        </tr>
      </thead>
      <tbody>
        {times.map((time) => (
          <tr key={time}>
            <td>{shownIn(timezone, time)}</td>
            {own !== timezone && <td>{shownIn(own, time)}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
