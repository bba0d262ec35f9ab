import type { MavlinkFrame } from "../../mavlink/frame.js";
import { OWN_ADDRESS, SETUP_SIGNING } from "../../mavlink/outgoing.js";
import type { LinkSession } from "./linkSession.js";

/** A key is meant for one vehicle over one cable: https://mavlink.io/en/guide/message_signing.html#setup_signing */
export const isSecret = (frame: MavlinkFrame): boolean => frame.name === SETUP_SIGNING;

/** Forwards a vehicle's frame to every output link. */
export function forwardFromVehicle(links: Iterable<LinkSession>, frame: MavlinkFrame): void {
  if (frame.systemId === OWN_ADDRESS.systemId) return; // our own frame, or another station's: not a vehicle's
  for (const link of links) if (link.role === "output") link.forward(frame.bytes);
}

/**
 * Forwards another station's frame to the vehicles; one with a target only to that vehicle's proven addresses
 * (`addressesOf`). Frames of our own vehicles, returned by a router, are not forwarded.
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
