import type { MavlinkFrame } from "../../mavlink/frame.js";
import { OWN_ADDRESS, SETUP_SIGNING } from "../../mavlink/outgoing.js";
import type { LinkSession } from "./linkSession.js";

/** A key is for one vehicle over one cable: https://mavlink.io/en/guide/message_signing.html#setup_signing */
export const isSecret = (frame: MavlinkFrame): boolean => frame.name === SETUP_SIGNING;

/** What a vehicle says goes to every other station on the list. */
export function forwardFromVehicle(links: Iterable<LinkSession>, frame: MavlinkFrame): void {
  if (frame.systemId === OWN_ADDRESS.systemId) return; // our own words, or another station's: not a vehicle's
  for (const link of links) if (link.role === "output") link.forward(frame.bytes, 0);
}

/**
 * What another station says goes to the vehicles, to the addressed one's links only where it is addressed. Words of our
 * own vehicles, come back over a router, stay here.
 */
export function forwardFromOutput(
  links: Iterable<LinkSession>,
  frame: MavlinkFrame,
  isVehicleOn: (link: LinkSession, systemId: number) => boolean,
): void {
  const vehicleLinks = [...links].filter(({ role }) => role === "vehicle");
  if (vehicleLinks.some((link) => isVehicleOn(link, frame.systemId))) return;
  const target = Number(frame.fields["target_system"] ?? 0);
  const addressed = target === 0 ? [] : vehicleLinks.filter((link) => isVehicleOn(link, target));
  for (const link of addressed.length > 0 ? addressed : vehicleLinks) link.forward(frame.bytes, target);
}
