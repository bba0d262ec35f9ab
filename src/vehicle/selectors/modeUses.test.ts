import { describe, expect, it } from "vitest";
import { heartbeat, phase, receive, type Received } from "../testing/vehicleBuilder.js";
import { type FlightMode, furtherAutopilot, type ModeUse } from "../vehicleState.js";
import { isComingHome, isFlyingMission, isMissionMode, isMissionPaused, needsSticks } from "./mission.js";

const [MISSION, HOLD, RETURN, MISSION_RETURN, MANUAL, OWN] = [1, 2, 3, 4, 5, 6];
const mode = (customMode: number, ...uses: readonly ModeUse[]): FlightMode => ({
  ...{ customMode, name: `M${customMode}`, isSelectable: true },
  ...(uses.length === 0 ? {} : { uses }),
});
const MODES = [
  mode(MISSION, "mission"),
  mode(HOLD, "hold"),
  mode(RETURN, "coming-home"),
  mode(MISSION_RETURN, "mission", "coming-home"),
  mode(MANUAL, "manual"),
  mode(OWN),
];
const TABLE: Received = { kind: "mode-table", modes: MODES, vtolModes: MODES };
const inMode = (customMode: number, ...events: readonly Received[]) =>
  receive([heartbeat({ autopilot: furtherAutopilot("newcomer"), customMode }), TABLE, phase("air"), ...events]);
const numbersWhere = (is: (customMode: number) => boolean): readonly number[] =>
  MODES.map(({ customMode }) => customMode).filter(is);

describe("an autopilot that these selectors do not know: its table says what its modes are for", () => {
  it("which of them fly the mission", () => {
    expect(numbersWhere((number) => isMissionMode(inMode(OWN), number))).toEqual([MISSION, MISSION_RETURN]);
    expect(isFlyingMission(inMode(MISSION))).toBe(true);
  });

  it("which of them bring it home, and which need sticks", () => {
    expect(numbersWhere((number) => isComingHome(inMode(number)))).toEqual([RETURN, MISSION_RETURN]);
    expect(numbersWhere((number) => needsSticks(inMode(OWN), number))).toEqual([MANUAL]);
  });

  it("in which of them a mission that was begun is paused", () => {
    const beat = (customMode: number) => heartbeat({ autopilot: furtherAutopilot("newcomer"), customMode });
    const leftFor = (customMode: number) => receive([beat(MISSION), beat(customMode)], inMode(MISSION));
    expect(numbersWhere((number) => isMissionPaused(leftFor(number)))).toEqual([HOLD]);
  });

  it("and goes on to say so once the vehicle has listed its modes itself, by their numbers", () => {
    const listed = [mode(MANUAL), mode(99), mode(MISSION)];
    const own = listed.map((one, index): Received => ({
      ...{ kind: "offered-mode", mode: { ...one, name: `own ${one.customMode}` }, index: index + 1 },
      countOfModes: listed.length,
    }));
    const { modes } = inMode(OWN, ...own);
    expect(modes).toEqual([
      { ...mode(MANUAL, "manual"), name: "own 5" },
      { ...mode(99), name: "own 99" },
      { ...mode(MISSION, "mission"), name: "own 1" },
    ]);
  });
});
