/** Our parallel sweep as QGroundControl's `survey` (version 5, the only one MAVSDK reads), and complex items of other stations. */
import type { AltitudeDatum, Position } from "../../geo/position.js";
import { isObject } from "../../geo/jsonText.js";
import type { JsonObject } from "../../geo/jsonText.js";
import type { PatternPlace, PatternSource, SweepContent } from "../patterns/pattern.js";
import type { MissionItem, OpaqueItem, SweepSettings } from "../plan.js";
import { arrayAt, addProblem, numberAt, objectAt, versionAt } from "./validationContext.js";
import type { ValidationContext } from "./validationContext.js";
import { MODE_OF_DATUM, readSimpleItem, simpleItemJson } from "./simpleItem.js";

const LATITUDE = [-90, 90] as const;
const LONGITUDE = [-180, 180] as const;

export function positionAt(context: ValidationContext, value: unknown, where: string): Position {
  const pair = arrayAt(context, value, where);
  return {
    latitudeDeg: numberAt(context, pair[0], `${where}[0]`, LATITUDE),
    longitudeDeg: numberAt(context, pair[1], `${where}[1]`, LONGITUDE),
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
  context: ValidationContext,
  { item: source, note }: PatternSource,
  { item: where, note: noteWhere }: PatternPlace,
): SweepContent<SweepSettings> {
  const groundSpeedMps = numberAt(context, note["groundSpeedMps"], `${noteWhere}.groundSpeedMps`, [0, 1000]);
  versionAt(context, source["version"], `${where}.version`, [5]);
  const transect = objectAt(context, source["TransectStyleComplexItem"], `${where}.TransectStyleComplexItem`);
  const camera = objectAt(context, transect["CameraCalc"], `${where}.TransectStyleComplexItem.CameraCalc`);
  const inside = (name: string): string => `${where}.TransectStyleComplexItem.${name}`;
  const corners = arrayAt(context, source["polygon"], `${where}.polygon`);
  const number = (value: unknown, name: string, least: number, most: number): number =>
    numberAt(context, value, name, [least, most]);
  return {
    area: corners.map((corner, i) => positionAt(context, corner, `${where}.polygon[${i}]`)),
    settings: {
      legHeadingDeg: number(source["angle"], `${where}.angle`, -360, 360),
      trackSpacingM: number(camera["AdjustedFootprintSide"], inside("CameraCalc.AdjustedFootprintSide"), 0, 1e5),
      height: {
        datum: datumOf(context, camera["DistanceMode"], inside("CameraCalc.DistanceMode")),
        valueM: number(camera["DistanceToSurface"], inside("CameraCalc.DistanceToSurface"), -1000, 1e5),
      },
      groundSpeedMps,
      turnaroundM: number(transect["TurnAroundDistance"], inside("TurnAroundDistance"), 0, 1e5),
    },
    items: itemsAt(context, transect["Items"], inside("Items")),
  };
}

function datumOf(context: ValidationContext, mode: unknown, where: string): AltitudeDatum {
  const datums: readonly AltitudeDatum[] = ["home", "amsl", "terrain"];
  const datum = datums.find((candidate) => MODE_OF_DATUM[candidate] === mode);
  if (!datum) addProblem(context, where, `altitude mode ${JSON.stringify(mode)} is not one of 1, 2, 4`);
  return datum ?? "home";
}

const itemsAt = (context: ValidationContext, value: unknown, where: string): readonly MissionItem[] =>
  arrayAt(context, value, where).map((item, i) => readSimpleItem(context, item, `${where}[${i}]`));

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
  context: ValidationContext,
  source: JsonObject,
  place: { where: string; id: string; rawJson: string },
): OpaqueItem {
  const { where, id, rawJson } = place;
  const type = source["complexItemType"];
  const complexItemType = typeof type === "string" ? type : "";
  if (complexItemType === "") addProblem(context, `${where}.complexItemType`, "a complex item must say its type");
  const accepted = Object.hasOwn(READABLE, complexItemType) ? READABLE[complexItemType] : undefined;
  if (accepted) versionAt(context, source["version"], `${where}.version`, accepted);
  const stored = storedItemsOf(source);
  return {
    kind: "opaque",
    id,
    complexItemType,
    rawJson,
    items: stored === undefined ? [] : itemsAt(context, stored.items, `${where}.${stored.inside}`),
  };
}
