/** Colours of land and sea, per theme. Interface colours are the tokens of `app/theme.css`. */
export type ScenePalette = {
  readonly name: "night" | "day" | "red";
  readonly haze: string;
  readonly horizon: string;
  readonly zenith: string;
  readonly deep: string;
  readonly sea: string;
  readonly shallow: string;
  readonly foam: string;
  readonly glint: string;
  readonly wetSand: string;
  readonly sand: string;
  readonly dune: string;
  readonly land: string;
  readonly field: string;
  readonly inland: string;
  readonly cliff: string;
  /** What a map's colours are multiplied by. */
  readonly mapTint: string;
  readonly mole: string;
  readonly moleLine: string;
  readonly grid: string;
  readonly swept: string;
  readonly route: string;
  readonly select: string;
  readonly person: string;
  readonly boat: string;
  readonly vehicle: string;
  readonly unknown: string;
  readonly aircraft: string;
  readonly home: string;
  readonly place: string;
  /** Lines of equal height. */
  readonly contour: string;
  /** Ground steeper than 15, 30 and 45 degrees. */
  readonly steep15: string;
  readonly steep30: string;
  readonly steep45: string;
  readonly placeRim: string;
};

const NIGHT: ScenePalette = {
  name: "night",
  haze: "#121d28",
  horizon: "#22323f",
  zenith: "#070b11",
  deep: "#08131d",
  sea: "#0b2131",
  shallow: "#16495f",
  foam: "#c7dbe4",
  glint: "#5f8ba3",
  wetSand: "#4b4638",
  sand: "#8a774f",
  dune: "#4d4d31",
  land: "#27321f",
  field: "#2f3826",
  inland: "#1d2820",
  cliff: "#8f9084",
  mapTint: "#7a828c",
  mole: "#3a4149",
  moleLine: "#9aa7b2",
  grid: "#4a6273",
  swept: "#4CC9F0",
  route: "#E056FD",
  select: "#4CC9F0",
  person: "#FFD166",
  boat: "#4CC9F0",
  vehicle: "#B0BEC5",
  unknown: "#E6EDF3",
  aircraft: "#F2F6FA",
  home: "#E6EDF3",
  place: "#b9c4ce",
  contour: "#d9c7a0",
  steep15: "#4a4636",
  steep30: "#857445",
  steep45: "#d8cda6",
  placeRim: "#05080b",
};

const DAY: ScenePalette = {
  name: "day",
  haze: "#e3ebf0",
  horizon: "#eef3f6",
  zenith: "#a9c6dc",
  deep: "#7fa9c4",
  sea: "#93bad0",
  shallow: "#b9dbe2",
  foam: "#ffffff",
  glint: "#d9ebf4",
  wetSand: "#c4b48c",
  sand: "#ecdcae",
  dune: "#c5c690",
  land: "#a8bd86",
  field: "#bfca92",
  inland: "#9db388",
  cliff: "#f2efe4",
  mapTint: "#ffffff",
  mole: "#a8adb2",
  moleLine: "#3d4650",
  grid: "#5b7486",
  swept: "#005f8a",
  route: "#a312c4",
  select: "#00739e",
  person: "#8a5a00",
  boat: "#00587a",
  vehicle: "#37474F",
  unknown: "#101418",
  aircraft: "#101418",
  home: "#101418",
  place: "#3d4650",
  contour: "#5f4a26",
  steep15: "#d9c38a",
  steep30: "#b07f3c",
  steep45: "#5e3a1a",
  placeRim: "#ffffff",
};

const RED: ScenePalette = {
  name: "red",
  haze: "#160303",
  horizon: "#240606",
  zenith: "#070000",
  deep: "#0b0101",
  sea: "#130303",
  shallow: "#2c0808",
  foam: "#a52a2a",
  glint: "#4a1010",
  wetSand: "#2f0d0a",
  sand: "#51170f",
  dune: "#34100b",
  land: "#220a08",
  field: "#2a0d0a",
  inland: "#1b0707",
  cliff: "#5c1e16",
  mapTint: "#8c1f14",
  mole: "#3a1210",
  moleLine: "#b03a34",
  grid: "#5a1714",
  swept: "#c03028",
  route: "#ff5a4d",
  select: "#ff7a6d",
  person: "#ff9a8a",
  boat: "#ff6a5a",
  vehicle: "#c8564c",
  unknown: "#ff8a7a",
  aircraft: "#ffb0a5",
  home: "#ff8a7a",
  place: "#e0685c",
  contour: "#c2564c",
  steep15: "#3d1210",
  steep30: "#7a2a22",
  steep45: "#c86a5c",
  placeRim: "#0b0101",
};

const PALETTES: Readonly<Record<string, ScenePalette>> = { night: NIGHT, day: DAY, red: RED };

/** The palette of the theme named on the page (`<html data-theme>`); night when none or unknown. */
export const paletteFor = (themeName: string | undefined): ScenePalette => PALETTES[themeName ?? "night"] ?? NIGHT;
