import { Latest } from "../bridge/latest.js";
import { defineStore } from "../bridge/uiStores.js";
import type { Language } from "./dictionary.js";
import type { Units } from "./format.js";
import { SCREEN_SCALES, type ScreenScale } from "./screenScale.js";

type Theme = "night" | "day" | "red";
export const GROUND_SHADINGS = ["plain", "hillshade", "steepness"] as const;
export type GroundShading = (typeof GROUND_SHADINGS)[number];
export const GROUND_LIGHTS = ["readable", "hour"] as const;
type GroundLight = (typeof GROUND_LIGHTS)[number];
type Settings = {
  readonly language: Language;
  readonly theme: Theme;
  readonly units: Units;
  /** Cautions are neither sounded nor spoken; danger always is. */
  readonly isMuted: boolean;
  /** Names of towns, capes and beaches on the map. */
  readonly arePlaceNamesShown: boolean;
  /** Lines of latitude and longitude. */
  readonly isGraticuleShown: boolean;
  /** Lines of equal height, where the station's files know the ground. */
  readonly areContoursShown: boolean;
  /** How the relief is drawn. */
  readonly groundShading: GroundShading;
  /** "readable": from the north-west, as bright as the theme has it; "hour": of the sun and the moon at the scene's time. */
  readonly groundLight: GroundLight;
  /** The small map in the corner; undefined as long as nobody chose: then on wide pages only. */
  readonly isMiniMapShown: boolean | undefined;
  /** The height profile in Plan; undefined as long as nobody chose: then on high pages only. */
  readonly isPlanProfileShown: boolean | undefined;
  /** Name of the map on the ground; empty for none; undefined as long as nobody chose: then the first is shown. */
  readonly shownMap: string | undefined;
  /** How large the whole screen is drawn; undefined as long as nobody chose: then by the window's size. */
  readonly screenScale: ScreenScale | undefined;
  /** Names of drawings over the map that were switched off. */
  readonly hiddenOverlays: readonly string[];
};

const STORAGE_KEY = "vigie.settings.1";

export const DEFAULT_SETTINGS: Settings = {
  language: "en",
  theme: "night",
  units: { lengths: "m", speeds: "mps", positions: "deg" },
  isMuted: false,
  arePlaceNamesShown: true,
  isGraticuleShown: false,
  areContoursShown: false,
  groundShading: "plain",
  groundLight: "readable",
  isMiniMapShown: undefined,
  isPlanProfileShown: undefined,
  shownMap: undefined,
  screenScale: undefined,
  hiddenOverlays: [],
};

type Loose = { readonly [key: string]: unknown };
const asObject = (value: unknown): Loose => (typeof value === "object" && value !== null ? (value as Loose) : {});
const oneOf = <T extends string>(value: unknown, allowed: readonly T[], otherwise: T): T =>
  allowed.find((item) => item === value) ?? otherwise;

const isOr = (value: unknown, otherwise: boolean): boolean => (typeof value === "boolean" ? value : otherwise);

const textsOr = (value: unknown, otherwise: readonly string[]): readonly string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === "string") : otherwise;

/** Reads stored settings field by field: what is missing, old or damaged falls back to its default. */
export function readSettings(stored: string | null, fallback: Settings): Settings {
  let loose: Loose = {};
  try {
    loose = asObject(JSON.parse(stored ?? "{}"));
  } catch {
    // Not JSON: as if nothing had been stored.
  }
  const units = asObject(loose["units"]);
  return {
    language: oneOf(loose["language"], ["en", "fr"], fallback.language),
    theme: oneOf(loose["theme"], ["night", "day", "red"], fallback.theme),
    units: {
      lengths: oneOf(units["lengths"], ["m", "ft"], fallback.units.lengths),
      speeds: oneOf(units["speeds"], ["mps", "kn"], fallback.units.speeds),
      positions: oneOf(units["positions"], ["deg", "dm"], fallback.units.positions),
    },
    isMuted: isOr(loose["isMuted"], fallback.isMuted),
    arePlaceNamesShown: isOr(loose["arePlaceNamesShown"], fallback.arePlaceNamesShown),
    isGraticuleShown: isOr(loose["isGraticuleShown"], fallback.isGraticuleShown),
    areContoursShown: isOr(loose["areContoursShown"], fallback.areContoursShown),
    groundShading: oneOf(loose["groundShading"], GROUND_SHADINGS, fallback.groundShading),
    groundLight: oneOf(loose["groundLight"], GROUND_LIGHTS, fallback.groundLight),
    isMiniMapShown: typeof loose["isMiniMapShown"] === "boolean" ? loose["isMiniMapShown"] : fallback.isMiniMapShown,
    isPlanProfileShown:
      typeof loose["isPlanProfileShown"] === "boolean" ? loose["isPlanProfileShown"] : fallback.isPlanProfileShown,
    shownMap: typeof loose["shownMap"] === "string" ? loose["shownMap"] : fallback.shownMap,
    screenScale: SCREEN_SCALES.find((scale) => scale === loose["screenScale"]) ?? fallback.screenScale,
    hiddenOverlays: textsOr(loose["hiddenOverlays"], fallback.hiddenOverlays),
  };
}

const browserLanguage = (): Language =>
  typeof navigator !== "undefined" && navigator.language.startsWith("fr") ? "fr" : "en";

function load(): Settings {
  const fallback = { ...DEFAULT_SETTINGS, language: browserLanguage() };
  try {
    return readSettings(localStorage.getItem(STORAGE_KEY), fallback);
  } catch {
    // Storage may be denied (private window): settings then last as long as the page.
    return fallback;
  }
}

export type SettingsStore = {
  readonly values: Latest<Settings>;
  readonly change: (change: Partial<Settings>) => void;
};

export const settingsStore = defineStore((): SettingsStore => {
  const values = new Latest(load());
  const change = (changed: Partial<Settings>): void => {
    const next = { ...values.get(), ...changed };
    values.set(next);
    try {
      localStorage.setItem(STORAGE_KEY, JSON.stringify(next));
    } catch {
      // Not stored, but valid until the page is closed.
    }
  };
  return { values, change };
});
