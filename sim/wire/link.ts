import { err, ok, type Result } from "../../src/core/result.js";
import type { ReceivedMessage } from "./mavlinkCodec.js";

/** The simulated vehicle's link. UDP sends to one address and receives from any; TCP waits for one client. */
export type LinkAddress =
  | { readonly kind: "udpout"; readonly host: string; readonly port: number }
  | { readonly kind: "tcpin"; readonly host: string; readonly port: number };

export type Link = {
  /** Shown in the ready line, with the port actually used. */
  readonly name: string;
  readonly send: (frame: Uint8Array) => void;
  readonly close: () => Promise<void>;
};
export type LinkHandler = (message: ReceivedMessage) => void;

function portOf(text: string): number | undefined {
  const port = Number(text);
  return /^\d+$/.test(text) && port <= 65535 ? port : undefined;
}

/** `udpout:HOST:PORT`, `tcpin:PORT` (loopback only) or `tcpin:HOST:PORT`. Port 0 of tcpin means any free one. */
export function linkAddressOf(
  text: string,
): Result<LinkAddress, { readonly kind: "bad-address"; readonly text: string }> {
  const [kind, ...rest] = text.split(":");
  const port = portOf(rest.at(-1) ?? "");
  const host = rest.slice(0, -1).join(":");
  if (port !== undefined && kind === "udpout" && host !== "" && port > 0) return ok({ kind, host, port });
  if (port !== undefined && kind === "tcpin") return ok({ kind, host: host === "" ? "127.0.0.1" : host, port });
  return err({ kind: "bad-address", text });
}
