import { tidePortsText, tideTimeText } from "../contract/tideTexts.js";
import type { Position } from "../geo/position.js";
import { TIDE_REACH_M } from "../geo/tide/portsNear.js";
import { readTide } from "../geo/tide/tideDocument.js";
import { createTideModel, type KnownTide, type Tide } from "../geo/tide/tideModel.js";
import { ASSUMED_BEACH_SLOPE_RATIO, waterlineShift } from "../geo/tide/waterlineShift.js";
import { type CommandIo, readOrWhy } from "./commandIo.js";
import { missionsFile } from "./missionsFile.js";

/** What `where` adds of the tide; absent where it is not known. */
export type TideHere = {
  /** Above mean sea level, as heights AMSL. */
  readonly tideM?: number;
  readonly tideSigmaM?: number;
  readonly tide?: Pick<KnownTide, "unixTimeMs" | "heightChartDatumM" | "trend" | "nextHigh" | "nextLow"> & {
    readonly chartDatumSigmaM: number;
    readonly ports: readonly { readonly name: string; readonly share: number; readonly distanceM: number }[];
  };
  /** From the coast's line to the waterline, positive to seaward, on a beach of the assumed slope. */
  readonly waterlineShiftM?: number;
  readonly waterlineShiftSigmaM?: number;
  readonly assumedBeachSlopeRatio?: number;
};

/** By the constituents that are shipped; unknown without them. */
export async function tideHere(io: CommandIo, position: Position, unixTimeMs: number): Promise<Tide> {
  const path = missionsFile("tide", "channel.json");
  const source = await readOrWhy(io, path);
  const read = "why" in source ? undefined : readTide(source.text, path);
  return read?.ok ? createTideModel(read.value).tideAt(position, unixTimeMs) : { kind: "unknown" };
}

export function tideHereOf(tide: Tide): TideHere {
  if (tide.kind === "unknown") return {};
  const { unixTimeMs, heightChartDatumM, trend, nextHigh, nextLow, sigma } = tide;
  const ports = tide.ports.map(({ name, nameIn, share, distanceM }) => ({ name: nameIn.en ?? name, share, distanceM }));
  const shift = waterlineShift(tide);
  return {
    ...{ tideM: tide.heightAmslM, tideSigmaM: sigma.amslM },
    tide: {
      ...{ unixTimeMs, heightChartDatumM, chartDatumSigmaM: sigma.chartDatumM },
      ...{ trend, nextHigh, nextLow, ports },
    },
    ...(shift && {
      ...{ waterlineShiftM: shift.seawardM, waterlineShiftSigmaM: shift.sigmaM },
      assumedBeachSlopeRatio: ASSUMED_BEACH_SLOPE_RATIO,
    }),
  };
}

export function tideLines(tide: Tide): readonly string[] {
  if (tide.kind === "unknown") return [`tide: not known (no port within ${TIDE_REACH_M / 1000} km)`];
  const metres = (valueM: number): string => `${valueM.toFixed(1)} m`;
  const far = tide.ports.map(({ distanceM }) => `${(distanceM / 1000).toFixed(0)} km`).join(" and ");
  const [first, second] = [
    { word: "high", turn: tide.nextHigh },
    { word: "low", turn: tide.nextLow },
  ]
    .sort((a, b) => a.turn.unixTimeMs - b.turn.unixTimeMs)
    .map(({ word, turn }) => `${word} ${tideTimeText(turn)} UTC ${metres(turn.heightChartDatumM)}`);
  const shift = waterlineShift(tide);
  const way = (shift?.seawardM ?? 0) < 0 ? "landward" : "seaward";
  return [
    `tide: ${tidePortsText(tide.ports, "en")} (${far} away) ${metres(tide.heightChartDatumM)} above chart datum (LAT), ${metres(tide.heightAmslM)} above mean sea level, 1 sigma ${metres(tide.sigma.amslM)}, ${tide.trend}, ${first ?? ""}, ${second ?? ""}`,
    ...(shift
      ? [
          `waterline: ${Math.abs(shift.seawardM).toFixed(0)} m ${way} of the coast's line (mean high water springs) on a beach of 1 in ${(1 / ASSUMED_BEACH_SLOPE_RATIO).toFixed(0)}, assumed, 1 sigma ${shift.sigmaM.toFixed(0)} m`,
        ]
      : []),
  ];
}
