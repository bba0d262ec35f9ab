import { createAircraft, type Aircraft, type AircraftOptions } from "./aircraft.js";
import type { ServicesOptions } from "./services/servicesOptions.js";
import type { Flavour } from "./flavour.js";
import type { Scenario } from "./scenario.js";
import type { Link, LinkHandler } from "./wire/link.js";
import { createEncoder, type ReceivedMessage } from "./wire/mavlinkCodec.js";
import { createRouter } from "./wire/routing.js";
import { createSigning } from "./wire/signing.js";

export type FleetOptions = {
  readonly scenario: Scenario;
  readonly flavour: Flavour;
  readonly count: number;
  /** Seed of vehicle 1; the other vehicles' seeds are derived from it. */
  readonly seed: number;
  readonly speedup: number;
  readonly bootUnixUs: number;
  readonly groundAboveHomeM: NonNullable<AircraftOptions["groundAboveHomeM"]>;
  readonly services: Omit<ServicesOptions, "view" | "controls" | "signing">;
  /** Opens one link for all vehicles, or one for each; called for each of their ports. */
  readonly openLink: (vehicle: number, onMessage: LinkHandler, port: number) => Promise<Link>;
  readonly hasLinkEach: boolean;
  /** Ports of every vehicle (serial0, serial1, ...), default 1. */
  readonly countOfPorts?: number;
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

/** Opens the links and creates the aircraft on the ground. Rejects when a link cannot be opened; the others are closed then. */
export async function openFleet(options: FleetOptions): Promise<Fleet> {
  const { count, hasLinkEach, countOfPorts = 1 } = options;
  const listeners: ((message: ReceivedMessage, port: number) => void)[] = [];
  const links: Link[] = [];
  const closeAll = async (): Promise<void> => {
    await Promise.all(links.map((link) => link.close()));
  };
  try {
    for (let i = 0; i < (hasLinkEach ? count : 1) * countOfPorts; i++) {
      const [vehicle, port] = [Math.floor(i / countOfPorts), i % countOfPorts];
      const received: LinkHandler = (message) => {
        if (hasLinkEach) listeners[vehicle]?.(message, port);
        else for (const listener of listeners) listener(message, port);
      };
      links.push(await options.openLink(vehicle, received, port));
    }
  } catch (error: unknown) {
    await closeAll();
    throw error;
  }
  const portsOf = (vehicle: number): readonly Link[] => {
    const first = hasLinkEach ? vehicle * countOfPorts : 0;
    return links.slice(first, first + countOfPorts);
  };
  const flown = Array.from({ length: count }, (_, i) => oneOf(options, i, portsOf(i)));
  const aircraft = flown.map((one) => one.aircraft);
  listeners.push(...flown.map(({ listen }) => listen));
  return {
    aircraft,
    links,
    advanceTo: (untilMs) => {
      for (const one of aircraft) one.advanceTo(untilMs);
    },
    close: closeAll,
  };
}

type Flown = { readonly aircraft: Aircraft; readonly listen: (message: ReceivedMessage, port: number) => void };

function oneOf(options: FleetOptions, index: number, links: readonly Link[]): Flown {
  const { scenario, flavour, speedup, bootUnixUs, groundAboveHomeM, services, seed } = options;
  const systemId = index + 1;
  // Uses the aircraft's own clock; nothing is signed before the aircraft exists.
  const nowUnixUs = (): number => bootUnixUs + aircraft.nowMs() * 1000;
  const signing = createSigning(systemId, nowUnixUs);
  // Each port has its own sequence numbers.
  const ports = links.map((link) => ({ link, encode: createEncoder({ systemId, componentId: 1 }, signing) }));
  const router = createRouter(flavour, systemId, links.length);
  const aircraft: Aircraft = createAircraft({
    scenario,
    flavour,
    seed: seed + index * SEEDS_APART,
    systemId,
    start: startPlace(index, flavour.airframe),
    speedup,
    bootUnixUs,
    groundAboveHomeM,
    countOfPorts: links.length,
    services: { ...services, signing },
    send: (message) => {
      for (const [port, { link, encode }] of ports.entries()) {
        if (message.port === undefined || message.port === port) link.send(encode(message));
      }
    },
  });
  const listen = (message: ReceivedMessage, port: number): void => {
    for (const out of router.portsFor(message, port)) if (message.frame) ports[out]?.link.send(message.frame);
    aircraft.receive({ ...message, from: { ...message.from, port } });
  };
  return { aircraft, listen };
}
