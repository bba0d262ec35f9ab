import { BlockList, isIP } from "node:net";
import { networkInterfaces } from "node:os";

/** Names of network interfaces that are a cable to a device: USB network gadgets and tethered autopilots. */
const CABLE_CARDS = /^(usb|enx|rndis|ncm)/i;

type Card = { readonly address: string; readonly netmask: string; readonly family: string };

/**
 * Whether a source address is at the end of a cable: this machine itself, a link-local address, or the network of a USB
 * network interface. A key sent there cannot be received by anybody else.
 */
export function isDirectAddress(
  address: string,
  cards: Readonly<Record<string, readonly Card[] | undefined>> = networkInterfaces(),
): boolean {
  const family = isIP(address);
  if (family === 0) return address === "localhost";
  if (/^127\.|^::1$|^169\.254\.|^fe80:/i.test(address)) return true;
  const list = new BlockList();
  for (const [name, found] of Object.entries(cards)) {
    if (!CABLE_CARDS.test(name)) continue;
    for (const card of found ?? [])
      if (card.family === "IPv4") list.addSubnet(card.address, prefixOf(card.netmask), "ipv4");
  }
  return family === 4 && list.check(address, "ipv4");
}

const prefixOf = (netmask: string): number =>
  netmask.split(".").reduce((bits, part) => bits + (Number(part).toString(2).match(/1/g)?.length ?? 0), 0);

/** A serial port counts as a cable unless a telemetry radio was received on it. */
export function isDirectLink(uri: string, from: string, hasRadio: boolean): boolean {
  if (hasRadio) return false;
  return uri.startsWith("serial:") || isDirectAddress(from.slice(0, Math.max(0, from.lastIndexOf(":"))));
}
