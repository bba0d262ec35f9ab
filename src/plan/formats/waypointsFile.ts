/**
 * Mission Planner's and MAVProxy's mission files: "QGC WPL 110", then one item a line, columns separated by tabs or spaces:
 * number, current, frame, command, params 1 to 4, latitude, longitude, height, autocontinue. Lines with # are comments.
 * Item 0 is home (the convention of ArduPilot, whose files these are); version 120 has no home, version 100 another order of
 * columns and its own commands (pymavlink's mavwp.py reads the same three).
 */
import type { BadFile } from "../../geo/badFile.js";
import { err, ok } from "../../core/result.js";
import type { Result } from "../../core/result.js";
import { CMD } from "../missionCommands.js";
import type { MissionItem, Plan, PlannedHome } from "../plan.js";
import { addProblem } from "./validationContext.js";
import type { ValidationContext } from "./validationContext.js";
import { itemFrom } from "./simpleItem.js";

const HEADER = /^QGC\s+WPL\s+(\S+)\s*$/i;
/** The format names neither MAV_TYPE (0 is "generic") nor autopilot; it comes from ArduPilot's tools. */
const VEHICLE_TYPE = 0;
const FIRMWARE_TYPE = 3;
const FRAMES_ABOVE_SEA: readonly number[] = [0, 5];
/** MAV_CMD_NAV_FENCE_RETURN_POINT to MAV_CMD_NAV_RALLY_POINT: Mission Planner saves fences and rally points in the same form. */
const FENCE_OR_RALLY = [5000, 5100] as const;

/** Actions of version 100 (MAVLink before 2010) as commands. */
const OLD_ACTIONS: Readonly<Record<number, number>> = {
  2: CMD.takeOff,
  3: CMD.returnToLaunch,
  4: CMD.land,
  24: CMD.takeOff,
  25: CMD.waypoint,
  26: CMD.land,
  27: CMD.loiterUnlimited,
};

type Columns = {
  readonly count: number;
  readonly seq: number;
  readonly frame: number;
  readonly command: number;
  readonly params: readonly number[];
  readonly place: readonly number[];
  readonly autoContinue: number;
};
const NEW_COLUMNS: Columns = {
  count: 12,
  seq: 0,
  frame: 2,
  command: 3,
  params: [4, 5, 6, 7],
  place: [8, 9, 10],
  autoContinue: 11,
};
const OLD_COLUMNS: Columns = {
  count: 13,
  seq: 0,
  frame: 1,
  command: 2,
  params: [5, 6, 3, 4],
  place: [9, 8, 10],
  autoContinue: 12,
};
const COLUMNS_OF: Readonly<Record<string, Columns>> = { 100: OLD_COLUMNS, 110: NEW_COLUMNS, 120: NEW_COLUMNS };

export const isWaypointsText = (text: string): boolean => /^\ufeff?\s*QGC\s+WPL\b/i.test(text.slice(0, 200));

/** `.waypoints` text to a plan. A mistake in any line refuses the file, with the line's number. */
export function readWaypoints(text: string, path: string): Result<Plan, BadFile> {
  const bad = (where: string, problem: string): Result<Plan, BadFile> =>
    err({ kind: "bad-file", path, where, problem });
  const lines = text.replace(/^\ufeff/, "").split(/\r\n|\r|\n/);
  const top = lines.findIndex((line) => line.trim() !== "");
  const version = HEADER.exec(lines[top]?.trim() ?? "")?.[1] ?? "";
  const columns = COLUMNS_OF[version];
  if (!columns) {
    return bad(
      `line ${top + 1}`,
      `version ${version || "?"} of a Mission Planner mission is not one this station reads (100, 110, 120)`,
    );
  }
  const context: ValidationContext = { mistake: undefined };
  const stated = lines.flatMap((line, i) => {
    const words = line.trim();
    if (i <= top || words === "" || words.startsWith("#")) return [];
    return [lineAt(context, words, { columns, where: `line ${i + 1}`, isOld: columns === OLD_COLUMNS })];
  });
  const home = version === "120" ? undefined : homeOf(stated[0]);
  const items = jumpsResolved(context, home ? stated.slice(1) : stated);
  if (context.mistake) return err({ kind: "bad-file", path, ...context.mistake });
  return ok({
    name: path.replace(/^.*[/\\]/, "").replace(/\.[a-z0-9]+$/i, ""),
    vehicleType: VEHICLE_TYPE,
    firmwareType: FIRMWARE_TYPE,
    cruiseSpeedMps: 15,
    hoverSpeedMps: 5,
    plannedHome: home?.home,
    items: items.map((item, i) => ({ kind: "simple", id: `item-${i + 1}`, item })),
    fenceJson: undefined,
    rallyJson: undefined,
    isTraining: false,
  });
}

type StatedLine = { readonly seq: number; readonly frame: number; readonly item: MissionItem; readonly where: string };
type LinePlace = { readonly columns: Columns; readonly where: string; readonly isOld: boolean };

function lineAt(context: ValidationContext, words: string, { columns, where, isOld }: LinePlace): StatedLine {
  const cells = words.split(/\s+/);
  if (cells.length !== columns.count) {
    addProblem(context, where, `${columns.count} columns were expected, not ${cells.length}`);
  }
  const cell = (column: number) => ({
    value: numberOf(cells[column]),
    where: `${where}, column ${column + 1} (${shown(cells[column])})`,
  });
  const whole = (column: number): number => wholeAt(context, cell(column));
  const stated = whole(columns.command);
  const command = isOld ? (OLD_ACTIONS[stated] ?? -1) : stated;
  if (command < 0) addProblem(context, where, `action ${stated} of version 100 is not one this station knows`);
  if (command >= FENCE_OR_RALLY[0] && command <= FENCE_OR_RALLY[1]) {
    addProblem(context, where, `command ${command} belongs to a fence or to rally points: this file holds no mission`);
  }
  const frame = whole(columns.frame);
  const item = itemFrom(context, {
    command,
    frame,
    frameWhere: where,
    seven: [...columns.params, ...columns.place].map(cell),
    autoContinue: whole(columns.autoContinue) !== 0,
  });
  return { seq: whole(columns.seq), frame, item, where };
}

const shown = (cell: string | undefined): string => (cell ?? "nothing").slice(0, 20);

/** `null` is NaN, which stations write as "nan"; text that is no number is returned as it is, for the error message. */
function numberOf(cell: string | undefined): number | null | string | undefined {
  if (cell === undefined || /^[+-]?nan$/i.test(cell)) return cell === undefined ? undefined : null;
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(cell) ? Number(cell) : cell;
}

/** Accepts "3" and "3.000000": some stations write every column as a decimal. */
function wholeAt(
  context: ValidationContext,
  { value, where }: { readonly value: unknown; readonly where: string },
): number {
  if (typeof value === "number" && Number.isInteger(value)) return value;
  addProblem(context, where, "a whole number was expected");
  return 0;
}

/** The first line when it is home (an AMSL position). Anything else on it is an item that is flown, so it is kept. */
function homeOf(first: StatedLine | undefined): { readonly home: PlannedHome | undefined } | undefined {
  if (first?.item.command !== CMD.waypoint || !FRAMES_ABOVE_SEA.includes(first.frame)) return undefined;
  // All zeros mean "no home yet".
  const { position, altitude: height } = first.item;
  return { home: position && { position, altitudeAmslM: height?.valueM ?? 0 } };
}

/** In the file DO_JUMP refers to a line's number; in our plan to the item's number counted from 1. */
function jumpsResolved(context: ValidationContext, lines: readonly StatedLine[]): readonly MissionItem[] {
  const places = new Map(lines.map(({ seq }, i) => [seq, i + 1]));
  return lines.map(({ item, where }) => {
    if (item.command !== CMD.doJump) return item;
    const [target, ...others] = item.params;
    const place = places.get(target ?? Number.NaN);
    if (place === undefined) addProblem(context, where, `jumps to item ${target ?? "nothing"}, which does not exist`);
    return { ...item, params: [place, ...others] };
  });
}
