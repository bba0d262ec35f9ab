/** Rally points as mission items: https://mavlink.io/en/services/mission.html#rally-point-plan */
import { CMD } from "../../plan/missionCommands.js";
import type { RallyPoint } from "../../plan/rally.js";
import type { WireMissionItem } from "../protocols/mission/missionWire.js";

const FRAME_ABOVE_HOME = 3;
/** As another station may have sent them. */
const FRAMES_ABOVE_SEA: readonly number[] = [0, 5];

/** `seq` from 0; heights are above home, the one frame that both autopilots take. */
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
  /** False where a read-back tells no datum (`Dialect.keepsRallyFrame`): every station in use sends heights above home. */
  readonly keepsFrame: boolean;
};

/** What an aircraft holds; a height above the sea is turned with home's, and left out where home is not known. */
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
