/** The display that windows open on, on Linux; undefined where there is none. A variable that is set to nothing names none. */
export const displayName = (environment: NodeJS.ProcessEnv): string | undefined =>
  [environment["WAYLAND_DISPLAY"], environment["DISPLAY"]].find((name) => name !== undefined && name !== "");
