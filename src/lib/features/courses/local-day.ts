/** The day of a time (ms, or ISO 8601) in the zone of the device, `YYYY-MM-DD`. */
export function localDay(time: number | string): string {
  const at = new Date(time);
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}
