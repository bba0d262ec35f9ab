/** The tide in a line, for the screens in both languages and in English for the command line. */
import type { KnownTide, PortOfTide, TideTurn } from "../geo/tide/tideModel.js";

const en = {
  "tide.line": "Tide {{port}} {{height}} CD, {{trend}}, {{turn}} {{time}} UTC",
  "tide.unknown": "Tide unknown",
  "tide.trend.rising": "rising",
  "tide.trend.falling": "falling",
  "tide.turn.high": "high",
  "tide.turn.low": "low",
};
const fr: typeof en = {
  "tide.line": "Marée {{port}} {{height}} ZH, {{trend}}, {{turn}} {{time}} UTC",
  "tide.unknown": "Marée inconnue",
  "tide.trend.rising": "montante",
  "tide.trend.falling": "descendante",
  "tide.turn.high": "pleine mer",
  "tide.turn.low": "basse mer",
};
export const tideTexts = { en, fr };

type Language = "en" | "fr";
type Words = (key: keyof typeof en, facts?: Readonly<Record<string, string>>) => string;
type TideForm = { readonly language: Language; readonly height: (valueM: number) => string };

/** Of two ports both are named: "Calais–Boulogne", the one with the larger share first. */
export const tidePortsText = (ports: readonly PortOfTide[], language: Language): string => {
  // A port with less than a twentieth does not change the figure.
  const named = ports.filter(({ share }) => share > 0.05);
  return named.map(({ name, nameIn }) => nameIn[language] ?? name).join("–");
};

/** Hours and minutes of UTC, rounded to the minute. */
export const tideTimeText = ({ unixTimeMs }: Pick<TideTurn, "unixTimeMs">): string =>
  new Date(Math.round(unixTimeMs / 60_000) * 60_000).toISOString().slice(11, 16);

/** "Tide Boulogne 6.2 m CD, falling, low 04:31 UTC": the height above the chart datum and the next turn of the tide. */
export function tideText(t: Words, tide: KnownTide | undefined, { language, height }: TideForm): string {
  if (!tide) return t("tide.unknown");
  const isRising = tide.trend === "rising";
  return t("tide.line", {
    port: tidePortsText(tide.ports, language),
    height: height(tide.heightChartDatumM),
    trend: t(`tide.trend.${tide.trend}`),
    turn: t(isRising ? "tide.turn.high" : "tide.turn.low"),
    time: tideTimeText(isRising ? tide.nextHigh : tide.nextLow),
  });
}
