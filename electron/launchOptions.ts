import type { StationHostOptions } from "../src/station/hostProtocol.js";

/**
 * The station's options, passed by `vigie start` as JSON in an environment variable: command line arguments are visible to every
 * user of the machine. Without it the station listens on the default ports.
 */
export function launchOptionsFrom(environment: NodeJS.ProcessEnv, userDataFolder: string): StationHostOptions {
  const text = environment["VIGIE_STATION"];
  const fallback: StationHostOptions = {
    links: ["udp://:14550"],
    video: ["udp://:5600"],
    dataFolder: userDataFolder,
    training: undefined,
  };
  if (text === undefined) return fallback;
  // Written by our own launcher in the same run: a malformed value is a bug and stops the start with an exception.
  return { ...fallback, ...(JSON.parse(text) as Partial<StationHostOptions>) };
}
