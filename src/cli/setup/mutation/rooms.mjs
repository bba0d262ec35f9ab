/**
 * The rooms whose tests are measured. `least`: percent of the mutants that its own unit tests must notice. `share`: of a
 * room that would take over half an hour only this part of the mutants is tried, drawn by `SEED`; at least 400 of them.
 */
export const ROOMS = [
  { room: "src/vehicle", least: 75 },
  { room: "src/mavlink/protocols", least: 75 },
  { room: "src/track", least: 75, share: 0.3 },
  { room: "src/plan", least: 75, share: 0.1 },
  { room: "src/sortie", least: 75 },
  { room: "src/cli/fly", least: 75 },
  { room: "src/contract", least: 75 },
  { room: "src/detect", least: 75, share: 0.4 },
  { room: "src/geo", least: 75, share: 0.25 },
  { room: "src/station", least: 60, share: 0.06 },
  { room: "renderer", least: 60, share: 0.06 },
];
export const SEED = 20261130;
