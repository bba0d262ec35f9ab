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
  /** Of vehicle 1; the others draw their own. */
  readonly seed: number;
  readonly speedup: number;
  readonly bootUnixUs: number;
  readonly groundAboveHomeM: NonNullable<AircraftOptions["groundAboveHomeM"]>;
  readonly services: Omit<ServicesOptions, "view" | "controls" | "signing">;
  /** One link for all vehicles, or one for each; of each of their ports. */
  readonly openLink: (vehicle: number, onMessage: LinkHandler, port: number) => Promise<Link>;
  readonly hasLinkEach: boolean;
  /** Ports of every vehicle (serial0, serial1, ...): 1 unless told otherwise. */
  readonly countOfPorts?: number;
};

export type Fleet = {
  /** By system id: the first is 1. */
  readonly aircraft: readonly Aircraft[];
  /** Of the first vehicle's ports in order, then the next one's; one row where all share them. */
  readonly links: readonly Link[];
  readonly advanceTo: (untilMs: number) => void;
  readonly close: () => Promise<void>;
};

const IN_A_ROW = 5;
const SEEDS_APART = 1009;

/** Rows of five on the beach; planes need more room than rotors. Vehicle 1 stands at the scenario's home. */
export function startPlace(index: number, airframe: Flavour["airframe"]): { eastM: number; northM: number } {
  const apartM = airframe === "plane" ? 15 : 8;
  const row = Math.floor(index / IN_A_ROW);
  return { eastM: apartM * (index % IN_A_ROW), northM: row === 0 ? 0 : -apartM * row };
}

/** Opens the links and puts the aircraft on the ground. Rejects when a link cannot be opened; none is left open then. */
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
  // Its own clock, which exists once it does: nothing is signed before.
  const nowUnixUs = (): number => bootUnixUs + aircraft.nowMs() * 1000;
  const signing = createSigning(systemId, nowUnixUs);
  // Each port counts its own frames.
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
