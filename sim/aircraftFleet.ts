import { createAircraft, type Aircraft, type AircraftOptions } from "./aircraft.js";
import type { ServicesOptions } from "./services/doors.js";
import type { Flavour } from "./flavour.js";
import type { Scenario } from "./scenario.js";
import type { Link, LinkHandler } from "./wire/link.js";
import { createEncoder, type HeardMessage } from "./wire/mavlinkCodec.js";
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
  /** One link for all vehicles, or one for each. */
  readonly openLink: (vehicle: number, onMessage: LinkHandler) => Promise<Link>;
  readonly hasLinkEach: boolean;
};

export type Fleet = {
  /** By system id: the first is 1. */
  readonly aircraft: readonly Aircraft[];
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
  const { count, hasLinkEach } = options;
  const listeners: ((message: HeardMessage) => void)[] = [];
  const links: Link[] = [];
  const closeAll = async (): Promise<void> => {
    await Promise.all(links.map((link) => link.close()));
  };
  try {
    for (let i = 0; i < (hasLinkEach ? count : 1); i++) {
      const heard: LinkHandler = (message) => {
        if (hasLinkEach) listeners[i]?.(message);
        else for (const listener of listeners) listener(message);
      };
      links.push(await options.openLink(i, heard));
    }
  } catch (error: unknown) {
    await closeAll();
    throw error;
  }
  const aircraft = Array.from({ length: count }, (_, i) => oneOf(options, i, links[hasLinkEach ? i : 0]));
  listeners.push(...aircraft.map(({ hear }) => hear));
  return {
    aircraft,
    links,
    advanceTo: (untilMs) => {
      for (const one of aircraft) one.advanceTo(untilMs);
    },
    close: closeAll,
  };
}

function oneOf(options: FleetOptions, index: number, link: Link | undefined): Aircraft {
  const { scenario, flavour, speedup, bootUnixUs, groundAboveHomeM, services, seed } = options;
  const systemId = index + 1;
  // Its own clock, which exists once it does: nothing is signed before.
  const nowUnixUs = (): number => bootUnixUs + aircraft.nowMs() * 1000;
  const signing = createSigning(systemId, nowUnixUs);
  const encode = createEncoder({ systemId, componentId: 1 }, signing);
  const aircraft: Aircraft = createAircraft({
    scenario,
    flavour,
    seed: seed + index * SEEDS_APART,
    systemId,
    start: startPlace(index, flavour.airframe),
    speedup,
    bootUnixUs,
    groundAboveHomeM,
    services: { ...services, signing },
    say: (message) => {
      link?.send(encode(message));
    },
  });
  return aircraft;
}
