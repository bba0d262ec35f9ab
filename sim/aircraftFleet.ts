import { createAircraft, type Aircraft, type FlightSite } from "./aircraft.js";
import type { ServicesOptions } from "./services/servicesOptions.js";
import type { Flavour } from "./flavour.js";
import type { Link, LinkHandler } from "./wire/link.js";
import { createEncoder, type ReceivedMessage } from "./wire/mavlinkCodec.js";
import { createRouter } from "./wire/routing.js";
import { createSigning } from "./wire/signing.js";

type Vehicles = {
  readonly count: number;
  readonly flavour: Flavour;
  /** Seed of vehicle 1; the other vehicles' seeds are derived from it. */
  readonly seed: number;
};

/** One link for all vehicles, or one for each; and so for each of their ports. */
type FleetLinks = {
  readonly open: (vehicle: number, onMessage: LinkHandler, port: number) => Promise<Link>;
  readonly isOneEach: boolean;
  /** Ports of every vehicle (serial0, serial1, ...), default 1. */
  readonly countOfPorts?: number;
};

export type FleetOptions = {
  readonly site: Required<FlightSite>;
  readonly vehicles: Vehicles;
  readonly bootUnixUs: number;
  readonly speedup: number;
  readonly services: Omit<ServicesOptions, "view" | "controls" | "signing">;
  readonly links: FleetLinks;
};

export type Fleet = {
  /** By system id, starting at 1. */
  readonly aircraft: readonly Aircraft[];
  /** The first vehicle's ports in order, then the next one's; or one set of ports when all vehicles share them. */
  readonly links: readonly Link[];
  readonly advanceTo: (untilMs: number) => void;
  readonly close: () => Promise<void>;
};

const IN_A_ROW = 5;
const SEEDS_APART = 1009;

/** Rows of five on the beach; planes are spaced wider than rotorcraft. Vehicle 1 is at the scenario's home. */
export function startPlace(index: number, airframe: Flavour["airframe"]): { eastM: number; northM: number } {
  const apartM = airframe === "plane" ? 15 : 8;
  const row = Math.floor(index / IN_A_ROW);
  return { eastM: apartM * (index % IN_A_ROW), northM: row === 0 ? 0 : -apartM * row };
}

type PortListener = (message: ReceivedMessage, port: number) => void;
type OpenedLinks = {
  readonly all: readonly Link[];
  readonly portsOf: (vehicle: number) => readonly Link[];
  readonly close: () => Promise<void>;
};

/** What is received goes to the listener of the link's vehicle, on a common link to all of them. */
async function openLinks(
  { open, isOneEach, countOfPorts = 1 }: FleetLinks,
  countOfVehicles: number,
  listeners: readonly PortListener[],
): Promise<OpenedLinks> {
  const links: Link[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(links.map((link) => link.close()));
  };
  try {
    for (let i = 0; i < (isOneEach ? countOfVehicles : 1) * countOfPorts; i++) {
      const [vehicle, port] = [Math.floor(i / countOfPorts), i % countOfPorts];
      const received: LinkHandler = (message) => {
        if (isOneEach) listeners[vehicle]?.(message, port);
        else for (const listener of listeners) listener(message, port);
      };
      links.push(await open(vehicle, received, port));
    }
  } catch (error: unknown) {
    await close();
    throw error;
  }
  const portsOf = (vehicle: number): readonly Link[] => {
    const first = isOneEach ? vehicle * countOfPorts : 0;
    return links.slice(first, first + countOfPorts);
  };
  return { all: links, portsOf, close };
}

/** Opens the links and creates the aircraft on the ground. Rejects when a link cannot be opened; the others are closed then. */
export async function openFleet(options: FleetOptions): Promise<Fleet> {
  const { count } = options.vehicles;
  const listeners: PortListener[] = [];
  const links = await openLinks(options.links, count, listeners);
  const flown = Array.from({ length: count }, (_, i) => oneOf(options, i, links.portsOf(i)));
  const aircraft = flown.map((one) => one.aircraft);
  listeners.push(...flown.map(({ listen }) => listen));
  return {
    aircraft,
    links: links.all,
    advanceTo: (untilMs) => {
      for (const one of aircraft) one.advanceTo(untilMs);
    },
    close: links.close,
  };
}

type Flown = { readonly aircraft: Aircraft; readonly listen: PortListener };

function oneOf(options: FleetOptions, index: number, links: readonly Link[]): Flown {
  const { site, vehicles, bootUnixUs, speedup, services } = options;
  const { flavour, seed } = vehicles;
  const systemId = index + 1;
  // Uses the aircraft's own clock; nothing is signed before the aircraft exists.
  const nowUnixUs = (): number => bootUnixUs + aircraft.nowMs() * 1000;
  const signing = createSigning(systemId, nowUnixUs);
  // Each port has its own sequence numbers.
  const ports = links.map((link) => ({ link, encode: createEncoder({ systemId, componentId: 1 }, signing) }));
  const router = createRouter(flavour, systemId, links.length);
  const aircraft: Aircraft = createAircraft({
    site,
    vehicle: { systemId, seed: seed + index * SEEDS_APART, flavour },
    boot: { unixUs: bootUnixUs, place: startPlace(index, flavour.airframe) },
    ports: {
      count: links.length,
      send: (message) => {
        for (const [port, { link, encode }] of ports.entries()) {
          if (message.port === undefined || message.port === port) link.send(encode(message));
        }
      },
    },
    speedup,
    services: { ...services, signing },
  });
  const listen = (message: ReceivedMessage, port: number): void => {
    for (const out of router.portsFor(message, port)) if (message.frame) ports[out]?.link.send(message.frame);
    aircraft.receive({ ...message, from: { ...message.from, port } });
  };
  return { aircraft, listen };
}
