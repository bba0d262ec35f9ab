/** Rally points as mission items: https://mavlink.io/en/services/mission.html#rally-point-plan */
import { CMD } from "../../plan/missionCommands.js";
import type { RallyPoint } from "../../plan/rally.js";
import type { WireMissionItem } from "../protocols/mission/missionWire.js";

const FRAME_ABOVE_HOME = 3;
/** Frames above sea level: another station may have uploaded the points with these. */
const FRAMES_ABOVE_SEA: readonly number[] = [0, 5];

/** `seq` from 0; heights are above home, the one frame that both autopilots accept. */
export const rallyToWire = (points: readonly RallyPoint[]): readonly WireMissionItem[] =>
  points.map(({ position, heightAboveHomeM }, seq) => ({
    seq,
    frame: FRAME_ABOVE_HOME,
    command: CMD.rallyPoint,
    current: 0,
    autocontinue: 1,
    params: [0, 0, 0, 0],
    x: Math.round(position.latitudeDeg * 1e7),
    y: Math.round(position.longitudeDeg * 1e7),
    z: heightAboveHomeM,
  }));

type RallyReading = {
  readonly homeAmslM: number | undefined;
  /**
   * False where a read-back has no datum (`Dialect.keepsRallyFrame`): then heights count as above home, as all known
   * stations send them.
   */
  readonly keepsFrame: boolean;
};

/**
 * The rally points in a read-back. Heights above sea level are converted with home's, and left out where home is not
 * known.
 */
export const rallyFromWire = (
  items: readonly WireMissionItem[],
  { homeAmslM, keepsFrame }: RallyReading,
): readonly RallyPoint[] =>
  items
    .filter(({ command }) => command === CMD.rallyPoint)
    .flatMap(({ frame, x, y, z }) => {
      const isAboveSea = keepsFrame && FRAMES_ABOVE_SEA.includes(frame);
      if (isAboveSea && homeAmslM === undefined) return [];
      const heightAboveHomeM = isAboveSea ? z - (homeAmslM ?? 0) : z;
      return [{ position: { latitudeDeg: x / 1e7, longitudeDeg: y / 1e7 }, heightAboveHomeM }];
    });
