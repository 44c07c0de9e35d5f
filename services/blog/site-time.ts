// Times as an editor types them: a day and a clock time in the site's time zone, as the input "datetime-local" has
// them. Promise: writing what was read gives the same text. Summer time: an hour that is left out is no time; of
// an hour that comes twice the first is meant.

export type TypedTime =
  | { readonly kind: "instant"; readonly at: Date }
  /** Not a day and a time at all. */
  | { readonly kind: "nonsense" }
  /** The clocks go forward over it. */
  | { readonly kind: "left-out" };

/** "2026-11-28T10:00" for an instant, in the zone. */
export function writeSiteTime(at: Date, timeZone: string): string {
  return new Date(at.getTime() + offsetMs(at, timeZone)).toISOString().slice(0, 16);
}

/** The instant of "2026-11-28T10:00" (or with seconds) in the zone. */
export function readSiteTime(text: string, timeZone: string): TypedTime {
  const match = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(?::\d{2}(?:\.\d{1,3})?)?$/.exec(text.trim());
  const wall = match === null ? Number.NaN : Date.parse(`${match[1]}T${match[2]}:00Z`);
  if (Number.isNaN(wall) || new Date(wall).toISOString().slice(0, 10) !== match?.[1])
    return { kind: "nonsense" };
  if (wall < Date.UTC(1000, 0)) return { kind: "nonsense" };
  // The zone's offset is asked a day before and after: around a change of the clocks the two differ.
  const day = 86_400_000;
  const offsets = [wall - day, wall + day].map((near) => offsetMs(new Date(near), timeZone));
  const instants = offsets
    .map((offset) => new Date(wall - offset))
    .filter((at) => at.getTime() + offsetMs(at, timeZone) === wall)
    .sort((a, b) => a.getTime() - b.getTime());
  return instants[0] ? { kind: "instant", at: instants[0] } : { kind: "left-out" };
}

/** How far the zone's clocks are ahead of UTC at an instant. */
function offsetMs(at: Date, timeZone: string): number {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    era: "short",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  }).formatToParts(at);
  const value = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  const wall = Date.UTC(
    value("year"),
    value("month") - 1,
    value("day"),
    value("hour"),
    value("minute"),
    value("second"),
  );
  return wall - Math.floor(at.getTime() / 1000) * 1000;
}
