/**
 * The autopilots of a trial: our simulator in every flavour, or whatever answers at `VIGIE_SITL`. A real autopilot is
 * only given by its address: its type is read from its heartbeat.
 */
export type Endpoint = {
  readonly name: string;
  /** One or two links to the same aircraft, as `vigie fly --link` takes them: udp://:PORT, udp://HOST:PORT, tcp://HOST:PORT. */
  readonly links: readonly string[];
};

/**
 * `NAME=URI NAME=URI+URI ...`, separated by spaces or commas; a URI without a name is its own name. Two URIs are two
 * ports of one aircraft (an ArduPilot's serial0 and serial1).
 */
export function endpointsOf(text: string): readonly Endpoint[] {
  return text
    .split(/[\s,]+/)
    .filter((word) => word !== "")
    .map((word) => {
      const [, name, uris = word] = /^([A-Za-z0-9_-]+)=(.+)$/.exec(word) ?? [];
      return { name: name ?? word, links: uris.split("+") };
    });
}

const given = process.env["VIGIE_SITL"];

/** Real autopilots; undefined when the simulator is used. */
export const SITL: readonly Endpoint[] | undefined =
  given === undefined || given.trim() === "" ? undefined : endpointsOf(given);
