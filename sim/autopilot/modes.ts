/** Copter flight modes of ArduPilot by their custom_mode numbers; the ones this aircraft flies. */
export const MODE = { stabilize: 0, auto: 3, guided: 4, loiter: 5, rtl: 6, land: 9 } as const;
export type Mode = (typeof MODE)[keyof typeof MODE];

const NAMES: Readonly<Record<Mode, string>> = {
  0: "STABILIZE",
  3: "AUTO",
  4: "GUIDED",
  5: "LOITER",
  6: "RTL",
  9: "LAND",
};

export const modeName = (mode: Mode): string => NAMES[mode];

export function modeFromNumber(customMode: number): Mode | undefined {
  return Object.values(MODE).find((mode) => mode === customMode);
}

/** Modes one may arm in. AUTO needs AUTO_OPTIONS on a real one; RTL and LAND never. */
export function isArmable(mode: Mode): boolean {
  return mode === MODE.stabilize || mode === MODE.guided || mode === MODE.loiter;
}

/** STABILIZE alone flies without knowing where it is; LAND then comes down where it happens to be. */
export function needsPosition(mode: Mode): boolean {
  return mode !== MODE.stabilize && mode !== MODE.land;
}
