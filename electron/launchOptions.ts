import type { StationHostOptions } from "../src/station/hostProtocol.js";

/**
 * The station's options travel in the environment as JSON, written by `vigie start`: an argument list would show them
 * to every user of the machine. Absent: a station that listens on the usual ports.
 */
export function launchOptionsFrom(environment: NodeJS.ProcessEnv, userDataFolder: string): StationHostOptions {
  const text = environment["VIGIE_STATION"];
  const fallback: StationHostOptions = {
    links: ["udp://:14550"],
    video: "udp://:5600",
    dataFolder: userDataFolder,
    training: undefined,
  };
  if (text === undefined) return fallback;
  // Written by our own launcher in the same run; a malformed value is a bug and stops the start, loudly.
  return { ...fallback, ...(JSON.parse(text) as Partial<StationHostOptions>) };
}
