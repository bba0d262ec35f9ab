const GPS_EPOCH_S = 315_964_800;
const WEEK_S = 604_800;

// From each of these instants (UTC seconds) on GPS time is this many seconds ahead of UTC. Bulletin C, IERS: no leap
// second since 2017.
const LEAP_SECONDS: readonly (readonly [fromUnixS: number, aheadS: number])[] = [
  [1_483_228_800, 18],
  [1_435_708_800, 17],
  [1_341_100_800, 16],
  [1_230_768_000, 15],
  [1_136_073_600, 14],
];

/** UTC microseconds of a GPS week and the milliseconds within it. Exact from 2006 on. */
export function unixUsFromGps(week: number, msOfWeek: number): number {
  const gpsS = GPS_EPOCH_S + week * WEEK_S + msOfWeek / 1000;
  const [, aheadS = 13] = LEAP_SECONDS.find(([fromUnixS, ahead]) => gpsS - ahead >= fromUnixS) ?? [];
  return Math.round((gpsS - aheadS) * 1e6);
}
