import type { MavlinkFrame } from "../../mavlink/frame.js";
import { OWN_ADDRESS, SETUP_SIGNING } from "../../mavlink/outgoing.js";
import type { LinkSession } from "./linkSession.js";

/** A key is for one vehicle over one cable: https://mavlink.io/en/guide/message_signing.html#setup_signing */
export const isSecret = (frame: MavlinkFrame): boolean => frame.name === SETUP_SIGNING;

/** What a vehicle says goes to every other station on the list. */
export function forwardFromVehicle(links: Iterable<LinkSession>, frame: MavlinkFrame): void {
  if (frame.systemId === OWN_ADDRESS.systemId) return; // our own words, or another station's: not a vehicle's
  for (const link of links) if (link.role === "output") link.forward(frame.bytes);
}

/**
 * What another station says goes to the vehicles, to the addressed one's own addresses only where it is addressed. Words
 * of our own vehicles, come back over a router, stay here. `addressesOf`: where vehicles of that number proved to be.
 */
export function forwardFromOutput(
  links: Iterable<LinkSession>,
  frame: MavlinkFrame,
  addressesOf: (link: LinkSession, systemId: number) => readonly string[],
): void {
  const vehicleLinks = [...links].filter(({ role }) => role === "vehicle");
  if (vehicleLinks.some((link) => addressesOf(link, frame.systemId).length > 0)) return;
  const target = Number(frame.fields["target_system"] ?? 0);
  const addressed = vehicleLinks.map((link) => ({ link, to: target === 0 ? [] : addressesOf(link, target) }));
  const isKnown = addressed.some(({ to }) => to.length > 0);
  for (const { link, to } of addressed)
    if (!isKnown || to.length > 0) link.forward(frame.bytes, isKnown ? to : undefined);
}
