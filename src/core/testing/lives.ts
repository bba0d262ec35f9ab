/**
 * How many lives a property test draws: `usual`, or what `VIGIE_LIVES` says (a night job may draw a hundred thousand). The
 * usual number is what a run on two cores can afford; each test says how soon known mistakes fall.
 */
export function lives(usual: number): number {
  const asked = Number(process.env["VIGIE_LIVES"]);
  return Number.isInteger(asked) && asked > 0 ? asked : usual;
}
