interface NextTimesProps {
  times: readonly string[];
  timezone: string;
}

const shownIn = (timeZone: string, time: string) =>
  new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(new Date(time));

/** The next times in the schedule's zone, and in the person's where that is another. */
export function NextTimes({ times, timezone }: NextTimesProps) {
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
