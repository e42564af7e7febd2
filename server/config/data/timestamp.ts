/** Dates and times of YAML, as PyYAML 6 makes them: `datetime.date` and `datetime.datetime`. What is computed from one is not known. */
import { raise } from '../../python/exception.ts';
import { UnknownValue } from '../../python/types/unknown.ts';
import type { Site } from '../../python/value.ts';

export class Timestamp extends UnknownValue {
  /** As Python writes it: `datetime.date(2024, 2, 29)`. */
  readonly written: string;
  constructor(written: string, site: Site) {
    super('a date', site);
    this.written = written;
  }
  override derived(): UnknownValue {
    return new UnknownValue(this.reason, this.site);
  }
}

const PATTERN =
  /^(\d{4})-(\d\d?)-(\d\d?)(?:(?:[Tt]|[ \t]+)(\d\d?):(\d\d):(\d\d)(?:\.(\d*))?(?:[ \t]*(?:(Z)|([-+])(\d\d?)(?::(\d\d))?))?)?$/;

/** `text`: one that YAML takes for a date. */
export function timestamp(text: string, site: Site): Timestamp {
  const found = PATTERN.exec(text) ?? [];
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found.slice(1, 7).map(Number);
  check(year >= 1, `year ${year} is out of range`);
  check(month >= 1 && month <= 12, 'month must be in 1..12');
  check(day >= 1 && day <= new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate(), 'day is out of range for month');
  if (found[4] === undefined) return new Timestamp(`datetime.date(${year}, ${month}, ${day})`, site);
  check(hour <= 23, 'hour must be in 0..23');
  check(minute <= 59, 'minute must be in 0..59');
  check(second <= 59, 'second must be in 0..59');
  const micros = Number((found[7] ?? '').slice(0, 6).padEnd(6, '0'));
  const parts = [year, month, day, hour, minute, ...(second || micros ? [second] : []), ...(micros ? [micros] : [])];
  return new Timestamp(`datetime.datetime(${[...parts, ...zone(found)].join(', ')})`, site);
}

function zone([, , , , , , , , utc, sign, hours, minutes]: readonly (string | undefined)[]): readonly string[] {
  if (utc === undefined && sign === undefined) return [];
  const seconds = (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60);
  if (!seconds) return ['tzinfo=datetime.timezone.utc'];
  const day = 24 * 3600;
  const days = Math.floor(seconds / day);
  const rest = seconds - days * day;
  const delta = `datetime.timedelta(${[...(days ? [`days=${days}`] : []), ...(rest ? [`seconds=${rest}`] : [])].join(', ')})`;
  check(Math.abs(seconds) < day, `offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24), not ${delta}.`);
  return [`tzinfo=datetime.timezone(${delta})`];
}

function check(holds: boolean, complaint: string): void {
  if (!holds) throw raise('ValueError', complaint);
}
