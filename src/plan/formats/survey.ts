/** Our parallel sweep as QGroundControl's `survey` (version 5, the only one MAVSDK reads), and complex items of other stations. */
import type { AltitudeDatum, Position } from "../../geo/position.js";
import { isObject } from "../../geo/jsonText.js";
import type { JsonObject } from "../../geo/jsonText.js";
import type { PatternPlace, PatternSource, SweepContent } from "../patterns/pattern.js";
import type { MissionItem, OpaqueItem, SweepSettings } from "../plan.js";
import { arrayAt, addProblem, numberAt, objectAt, versionAt } from "./look.js";
import type { Look } from "./look.js";
import { MODE_OF_DATUM, readSimpleItem, simpleItemJson } from "./simpleItem.js";

const LATITUDE = [-90, 90] as const;
const LONGITUDE = [-180, 180] as const;

export function positionAt(look: Look, value: unknown, where: string): Position {
  const pair = arrayAt(look, value, where);
  return {
    latitudeDeg: numberAt(look, pair[0], `${where}[0]`, LATITUDE),
    longitudeDeg: numberAt(look, pair[1], `${where}[1]`, LONGITUDE),
  };
}

const pairOf = ({ latitudeDeg, longitudeDeg }: Position): readonly number[] => [latitudeDeg, longitudeDeg];

export function surveyJson(sweep: SweepContent<SweepSettings>, firstJumpId: number): Record<string, unknown> {
  const { settings, items } = sweep;
  return {
    type: "ComplexItem",
    complexItemType: "survey",
    version: 5,
    angle: settings.legHeadingDeg,
    entryLocation: 0,
    flyAlternateTransects: false,
    splitConcavePolygons: false,
    polygon: sweep.area.map(pairOf),
    TransectStyleComplexItem: {
      version: 2,
      TurnAroundDistance: settings.turnaroundM,
      CameraTriggerInTurnAround: true,
      HoverAndCapture: false,
      Refly90Degrees: false,
      CameraShots: 0,
      VisualTransectPoints: items.flatMap(({ position }) => (position ? [pairOf(position)] : [])),
      Items: items.map((item, i) => simpleItemJson(item, firstJumpId + i)),
      CameraCalc: {
        version: 2,
        CameraName: "Manual (no camera specs)",
        DistanceMode: MODE_OF_DATUM[settings.height.datum],
        DistanceToSurface: settings.height.valueM,
        AdjustedFootprintSide: settings.trackSpacingM,
        AdjustedFootprintFrontal: settings.trackSpacingM,
      },
    },
  };
}

/** Reads a survey that Vigie wrote; `groundSpeedMps` comes from the note, as the format has no member for it. */
export function readOwnSurvey(
  look: Look,
  { item: source, note }: PatternSource,
  { item: where, note: noteWhere }: PatternPlace,
): SweepContent<SweepSettings> {
  const groundSpeedMps = numberAt(look, note["groundSpeedMps"], `${noteWhere}.groundSpeedMps`, [0, 1000]);
  versionAt(look, source["version"], `${where}.version`, [5]);
  const transect = objectAt(look, source["TransectStyleComplexItem"], `${where}.TransectStyleComplexItem`);
  const camera = objectAt(look, transect["CameraCalc"], `${where}.TransectStyleComplexItem.CameraCalc`);
  const inside = (name: string): string => `${where}.TransectStyleComplexItem.${name}`;
  const corners = arrayAt(look, source["polygon"], `${where}.polygon`);
  const number = (value: unknown, name: string, least: number, most: number): number =>
    numberAt(look, value, name, [least, most]);
  return {
    area: corners.map((corner, i) => positionAt(look, corner, `${where}.polygon[${i}]`)),
    settings: {
      legHeadingDeg: number(source["angle"], `${where}.angle`, -360, 360),
      trackSpacingM: number(camera["AdjustedFootprintSide"], inside("CameraCalc.AdjustedFootprintSide"), 0, 1e5),
      height: {
        datum: datumOf(look, camera["DistanceMode"], inside("CameraCalc.DistanceMode")),
        valueM: number(camera["DistanceToSurface"], inside("CameraCalc.DistanceToSurface"), -1000, 1e5),
      },
      groundSpeedMps,
      turnaroundM: number(transect["TurnAroundDistance"], inside("TurnAroundDistance"), 0, 1e5),
    },
    items: itemsAt(look, transect["Items"], inside("Items")),
  };
}

function datumOf(look: Look, mode: unknown, where: string): AltitudeDatum {
  const datums: readonly AltitudeDatum[] = ["home", "amsl", "terrain"];
  const datum = datums.find((candidate) => MODE_OF_DATUM[candidate] === mode);
  if (!datum) addProblem(look, where, `altitude mode ${JSON.stringify(mode)} is not one of 1, 2, 4`);
  return datum ?? "home";
}

const itemsAt = (look: Look, value: unknown, where: string): readonly MissionItem[] =>
  arrayAt(look, value, where).map((item, i) => readSimpleItem(look, item, `${where}[${i}]`));

/** Versions that store their mission items. Older surveys store none, so what they flew cannot be known. */
const READABLE: Readonly<Record<string, readonly number[]>> = {
  survey: [4, 5],
  CorridorScan: [2],
  StructureScan: [2, 3],
};

/** The stored mission items of a complex item: QGroundControl's member, or any other member with such a list. */
export function storedItemsOf(source: JsonObject): { readonly items: unknown; readonly inside: string } | undefined {
  const own = source["TransectStyleComplexItem"];
  if (own !== undefined)
    return { items: isObject(own) ? own["Items"] : undefined, inside: "TransectStyleComplexItem.Items" };
  for (const [name, member] of Object.entries(source)) {
    if (isObject(member) && Array.isArray(member["Items"])) return { items: member["Items"], inside: `${name}.Items` };
  }
  return Array.isArray(source["Items"]) ? { items: source["Items"], inside: "Items" } : undefined;
}

/** A complex item kept unchanged. Without stored mission items it has no `items`, and such a plan is never uploaded. */
export function readOpaque(
  look: Look,
  source: JsonObject,
  place: { where: string; id: string; rawJson: string },
): OpaqueItem {
  const { where, id, rawJson } = place;
  const type = source["complexItemType"];
  const complexItemType = typeof type === "string" ? type : "";
  if (complexItemType === "") addProblem(look, `${where}.complexItemType`, "a complex item must say its type");
  const accepted = Object.hasOwn(READABLE, complexItemType) ? READABLE[complexItemType] : undefined;
  if (accepted) versionAt(look, source["version"], `${where}.version`, accepted);
  const stored = storedItemsOf(source);
  return {
    kind: "opaque",
    id,
    complexItemType,
    rawJson,
    items: stored === undefined ? [] : itemsAt(look, stored.items, `${where}.${stored.inside}`),
  };
}
