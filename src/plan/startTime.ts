/** When a plan is flown, as a person types it and as a file keeps it. Always UTC. */
import { err, ok } from "../core/result.js";
import type { Result } from "../core/result.js";

/** `form`: it does not look like a day and a time; `no-such-time`: no calendar or clock has it; `out-of-range`: not 1970 to 2099. */
export type StartMistake = "form" | "no-such-time" | "out-of-range";

/** The tide's constituents do not hold for centuries: the same range as the station answers for. */
const UNTIL_MS = Date.UTC(2100, 0);
const DAY_MS = 24 * 3600 * 1000;

const YEAR_FIRST = /^(?<year>\d{4})-(?<month>\d\d?)-(?<day>\d\d?)[ T]+(?<hour>\d\d?)[:h](?<minute>\d\d)Z?$/;
const DAY_FIRST = /^(?<day>\d\d?)\/(?<month>\d\d?)\/(?<year>\d{4}) +(?<hour>\d\d?)[:h](?<minute>\d\d)Z?$/;
const HOUR_ONLY = /^(?<hour>\d\d?)[:h](?<minute>\d\d)Z?$/;

type ReadWith = {
  /** For an hour without a day, which is the next time that it is that hour; undefined: such an hour is a mistake. */
  readonly nowUnixMs: number | undefined;
  /** 24/11/2026 is read as well. Where people write the month first it would be another day for some. */
  readonly isDayFirst: boolean;
};

/** "2026-12-01 02:00" or "02:00", UTC, to milliseconds since 1970; spaces around it do not count. */
export function readStart(text: string, { nowUnixMs, isDayFirst }: ReadWith): Result<number, StartMistake> {
  const typed = text.trim();
  const dated = YEAR_FIRST.exec(typed) ?? (isDayFirst ? DAY_FIRST.exec(typed) : null);
  if (dated) return instantOf(dated.groups ?? {});
  const bare = HOUR_ONLY.exec(typed);
  if (!bare || nowUnixMs === undefined) return err("form");
  const [year, month, day] = new Date(nowUnixMs).toISOString().slice(0, 10).split("-");
  const today = instantOf({ year, month, day, ...bare.groups });
  if (!today.ok) return today;
  return ok(today.value < nowUnixMs ? today.value + DAY_MS : today.value);
}

function instantOf(parts: Readonly<Record<string, string | undefined>>): Result<number, StartMistake> {
  const numberOf = (name: string): number => Number(parts[name] ?? "0");
  const [year, month, day, hour, minute] = ["year", "month", "day", "hour", "minute"].map(numberOf);
  const unixMs = Date.UTC(year ?? 0, (month ?? 0) - 1, day, hour, minute);
  const made = new Date(unixMs);
  // A date takes 31 February for 3 March.
  const isSame =
    made.getUTCMonth() + 1 === month &&
    made.getUTCDate() === day &&
    made.getUTCHours() === hour &&
    made.getUTCMinutes() === minute;
  if (!isSame) return err("no-such-time");
  return unixMs >= 0 && unixMs < UNTIL_MS ? ok(unixMs) : err("out-of-range");
}

/** As a file keeps it: "2026-12-01T02:00Z". Whole minutes, as a person types it. */
export const startForFile = (unixMs: number): string => `${new Date(unixMs).toISOString().slice(0, 16)}Z`;

/** What `startForFile` wrote, and nothing else. */
export const startFromFile = (text: string): Result<number, StartMistake> =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\dZ$/.test(text)
    ? readStart(text, { nowUnixMs: undefined, isDayFirst: false })
    : err("form");
