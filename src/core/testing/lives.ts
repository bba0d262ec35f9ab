/**
 * The number of random cases of a property test: `usual`, or `VIGIE_LIVES` (a nightly run may use a hundred thousand).
 * The usual number is what two cores can run in time; each test states after how many cases known faults are found.
 */
export function lives(usual: number): number {
  const asked = Number(process.env["VIGIE_LIVES"]);
  return Number.isInteger(asked) && asked > 0 ? asked : usual;
}
